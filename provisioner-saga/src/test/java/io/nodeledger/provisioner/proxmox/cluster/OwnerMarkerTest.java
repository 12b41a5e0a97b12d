package io.nodeledger.provisioner.proxmox.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.provisioner.proxmox.client.MachineConfig;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnerMarkerTest {
    private final String ours = Ids.node();
    private final String others = Ids.node();

    @Test
    void description_and_tag_of_one_node_say_whose_it_is() {
        var config = machine(OwnerMarker.description(ours, "ws-demo"), "nodeledger;" + ours);

        assertThat(OwnerMarker.ownerOf(config)).contains(ours);
    }

    @Test
    void either_is_enough() {
        assertThat(OwnerMarker.ownerOf(machine(OwnerMarker.description(ours, "ws-demo"), "")))
                .contains(ours);
        assertThat(OwnerMarker.ownerOf(machine("rewritten", "nodeledger;" + ours)))
                .contains(ours);
    }

    @Test
    void a_machine_that_names_two_nodes_is_nobodys() {
        var twoTags = machine("", ours + ";" + others);
        var twoLines =
                machine(OwnerMarker.description(ours, "ws-demo") + OwnerMarker.description(others, "ws-demo"), "");
        var tagAgainstLine = machine(OwnerMarker.description(ours, "ws-demo"), others);

        for (var config : new MachineConfig[] {twoTags, twoLines, tagAgainstLine}) {
            assertThat(OwnerMarker.ownerOf(config)).isEmpty();
            assertThat(OwnerMarker.ownersOf(config)).containsExactlyInAnyOrder(ours, others);
        }
    }

    @Test
    void peoples_tags_are_no_markers() {
        assertThat(OwnerMarker.ownersOf(machine("node-pool of the shop", "node-pool;node-1;nodeledger")))
                .isEmpty();
    }

    @Test
    void a_marker_in_the_middle_of_a_sentence_is_none() {
        assertThat(OwnerMarker.ownersOf(machine("copy of nodeledger-node: " + ours, "")))
                .isEmpty();
    }

    private static MachineConfig machine(String description, String tags) {
        return new MachineConfig(Map.of("description", description, "tags", tags));
    }
}
