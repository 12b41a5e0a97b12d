package io.nodeledger.provisioner.proxmox.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.base.tracing.Tracing;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox.Reply;
import io.nodeledger.provisioner.region.CallWatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallKindTest {
    private final List<String> timed = new ArrayList<>();

    @Test
    void everyCallIsTimedUnderAWordOfFew() throws Exception {
        try (var server = new ScriptedProxmox(ClientCallsTest::answer);
                var client = client(server)) {
            ClientCallsTest.callEverything(client);
        }

        assertThat(timed)
                .hasSize(ClientCallsTest.calls())
                .allMatch(call -> call.endsWith(" ok"))
                .noneMatch(call -> call.startsWith("other"))
                .contains("clone ok", "list ok", "destroy ok");
    }

    @Test
    void aCallThatFailsIsTimedWithTheKindOfItsFailure() throws Exception {
        try (var server = ScriptedProxmox.always(new Reply(403, "Permission check failed", "{}"));
                var client = client(server)) {
            assertThatThrownBy(() -> client.start("pve1", 101)).isInstanceOf(ProxmoxFailure.class);
        }

        assertThat(timed).containsExactly("start denied");
    }

    private ProxmoxClient client(ScriptedProxmox server) {
        var settings = server.settings();
        return new ProxmoxClient(
                settings,
                settings::token,
                new CallWatch((operation, outcome, _) -> timed.add(operation + " " + outcome), Tracing.NONE));
    }
}
