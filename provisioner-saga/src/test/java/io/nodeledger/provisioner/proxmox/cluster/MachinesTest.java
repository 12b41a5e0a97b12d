package io.nodeledger.provisioner.proxmox.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox.Reply;
import org.junit.jupiter.api.Test;

class MachinesTest {
    private static final Placement RECORDED = new Placement("pve2", 1001, "shared");
    private static final Reply NO_ROUTE = new Reply(595, "No route to host", "{\"data\":null}");
    private static final Reply DENIED =
            new Reply(403, "Permission check failed (/vms/1001, VM.Audit)", "{\"data\":null}");

    private final String nodeId = Ids.node();

    @Test
    void a_machine_whose_recorded_host_is_down_is_found_where_it_is_now() throws Exception {
        try (var cluster = new ScriptedRegion()
                .answering("GET /nodes/pve2/qemu/1001/config", NO_ROUTE)
                .listing("{\"type\": \"qemu\", \"node\": \"pve1\", \"vmid\": 1001}")
                .answering(
                        "GET /nodes/pve1/qemu/1001/config", Reply.data("{\"tags\": \"nodeledger;" + nodeId + "\"}"))) {
            assertThat(Machines.find(cluster.region, nodeId, RECORDED))
                    .isInstanceOfSatisfying(
                            Sighting.Ours.class, ours -> assertThat(ours.host()).isEqualTo("pve1"));
        }
    }

    @Test
    void a_machine_that_is_hidden_from_us_is_not_gone() throws Exception {
        try (var cluster = new ScriptedRegion().answering("GET /nodes/pve2/qemu/1001/config", DENIED)) {
            var failure =
                    catchThrowableOfType(ProxmoxFailure.class, () -> Machines.find(cluster.region, nodeId, RECORDED));

            assertThat(failure.kind()).isEqualTo(Kind.DENIED);
        }
    }

    @Test
    void a_container_under_the_id_is_somebody_elses() throws Exception {
        try (var cluster = new ScriptedRegion().listing("{\"type\": \"lxc\", \"node\": \"pve1\", \"vmid\": 1001}")) {
            assertThat(Machines.find(cluster.region, nodeId, RECORDED))
                    .isEqualTo(new Sighting.Foreign("pve1", "it is a container"));
        }
    }

    @Test
    void a_machine_that_moves_while_it_is_looked_for_is_looked_for_again() throws Exception {
        try (var cluster = new ScriptedRegion().listing("{\"type\": \"qemu\", \"node\": \"pve1\", \"vmid\": 1001}")) {
            var failure =
                    catchThrowableOfType(ProxmoxFailure.class, () -> Machines.find(cluster.region, nodeId, RECORDED));

            assertThat(failure.kind()).isEqualTo(Kind.RETRY);
        }
    }
}
