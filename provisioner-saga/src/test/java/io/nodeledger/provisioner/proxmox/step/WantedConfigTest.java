package io.nodeledger.provisioner.proxmox.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.provisioner.proxmox.client.MachineConfig;
import io.nodeledger.provisioner.proxmox.schema.PveSchema;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WantedConfigTest {
    private final WantedConfig wanted =
            new WantedConfig(Ids.node(), "ws-demo", 4, 8192, "vmbr0", "shared:iso/nodeledger-x.iso");
    private final MachineConfig untouched = new MachineConfig(Map.of("sockets", "2", "digest", "abc"));

    @Test
    void everySettingIsOneOfTheApi() {
        var configure = PveSchema.read()
                .method("POST", "/nodes/{node}/qemu/{vmid}/config")
                .orElseThrow();

        assertThat(configure.objections(wanted.changesFrom(untouched).keySet())).isEmpty();
    }

    @Test
    void whatIsAsWantedIsNotSentAgain() {
        assertThat(wanted.changesFrom(new MachineConfig(wanted.changesFrom(untouched))))
                .isEmpty();
    }
}
