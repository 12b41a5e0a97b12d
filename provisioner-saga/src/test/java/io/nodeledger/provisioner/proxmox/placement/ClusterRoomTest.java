package io.nodeledger.provisioner.proxmox.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.proxmox.client.ClusterListing;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.HostRow;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.MachineRow;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.StorageRow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClusterRoomTest {
    private static final long GIB = 1L << 30;
    private static final MachineSize SMALL = new MachineSize(2, 4 * GIB, 50 * GIB);

    private final ClusterRoom room =
            new ClusterRoom(new PlacementSettings(1, 0, Duration.ofSeconds(5)), "shared", 9000);

    @Test
    void machines_are_spread_over_the_hosts_even_before_the_cluster_shows_them() {
        var claims = List.of(
                new Claim(1000, "node-1", "pve2", "shared", SMALL), new Claim(1001, "node-2", "pve2", "shared", SMALL));

        var empty = Spread.choose(room.hosts(cluster(true), List.of(), true), SMALL);
        var promised = Spread.choose(room.hosts(cluster(true), claims, true), SMALL);

        assertThat(empty).map(HostRoom::host).contains("pve2");
        assertThat(promised).map(HostRoom::host).contains("pve1");
        assertThat(promised).map(HostRoom::freeStorageBytes).contains(900 * GIB);
    }

    @Test
    void a_stopped_machine_keeps_its_room() {
        var rooms = room.hosts(cluster(true), List.of(), true);

        assertThat(rooms)
                .filteredOn(host -> host.host().equals("pve1"))
                .singleElement()
                .satisfies(host -> {
                    assertThat(host.freeCores()).isEqualTo(4);
                    assertThat(host.freeMemoryBytes()).isEqualTo(24 * GIB);
                });
    }

    @Test
    void nothing_fits_a_machine_that_is_larger_than_every_host() {
        assertThat(Spread.choose(room.hosts(cluster(true), List.of(), true), new MachineSize(2, 64 * GIB, GIB)))
                .isEmpty();
    }

    @Test
    void a_template_on_a_local_storage_can_only_be_cloned_where_it_is() {
        assertThat(room.hosts(cluster(true), List.of(), false))
                .extracting(HostRoom::host)
                .containsExactly("pve1");
    }

    private static ClusterListing cluster(boolean shared) {
        return new ClusterListing(
                List.of(
                        new MachineRow(9000, "pve1", false, false, true, 8, 30 * GIB, null, 0),
                        new MachineRow(200, "pve1", false, false, false, 4, 8 * GIB, null, 0)),
                List.of(
                        new HostRow("pve1", true, 8, 32 * GIB, GIB),
                        new HostRow("pve2", true, 8, 32 * GIB, GIB),
                        new HostRow("pve3", false, 8, 32 * GIB, GIB)),
                List.of(
                        new StorageRow("shared", "pve1", true, shared, 1000 * GIB, 0),
                        new StorageRow("shared", "pve2", true, shared, 1000 * GIB, 0),
                        new StorageRow("shared", "pve3", true, shared, 1000 * GIB, 0)));
    }
}
