package io.nodeledger.provisioner.proxmox.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox.Reply;
import io.nodeledger.provisioner.proxmox.step.TestRegions;
import io.nodeledger.provisioner.region.CallWatch;
import io.nodeledger.provisioner.region.RegionsSettings;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RotatedTokenTest {
    private static final String REGION = "us-west-2";
    private static final String FORMER = "root@pam!test=secret";
    private static final String PRESENT = "root@pam!other=secret";

    @Test
    void aTokenThatIsNoLongerAcceptedIsReadAnewForTheNextCall() throws Exception {
        var accepted = new AtomicReference<>(FORMER);
        var written = new AtomicReference<>(FORMER);
        try (var server = new ScriptedProxmox(request -> Optional.of(
                        ("PVEAPIToken=" + accepted.get())
                                        .equals(request.headers().get("authorization"))
                                ? Reply.data("{}")
                                : new Reply(401, "invalid token value!", "")));
                var regions = new ProxmoxRegions(
                        TestRegions.with(REGION, server.settings()),
                        () -> TestRegions.with(REGION, with(server.settings(), Objects.requireNonNull(written.get()))),
                        _ -> CallWatch.NONE)) {
            var client = regions.region(REGION).client();
            client.permissions();

            accepted.set(PRESENT);
            assertThatThrownBy(client::permissions).isInstanceOf(ProxmoxFailure.class);
            written.set(PRESENT);
            assertThatThrownBy(client::permissions).isInstanceOf(ProxmoxFailure.class);

            assertThat(client.permissions()).isNotNull();
        }
    }

    private static RegionsSettings.Proxmox with(RegionsSettings.Proxmox settings, String token) {
        return new RegionsSettings.Proxmox(
                settings.url(),
                token,
                settings.caFile(),
                settings.fingerprint(),
                settings.template(),
                settings.storage(),
                settings.isoStorage(),
                settings.backupStorage(),
                settings.pool(),
                settings.bridge(),
                settings.vmidRange());
    }
}
