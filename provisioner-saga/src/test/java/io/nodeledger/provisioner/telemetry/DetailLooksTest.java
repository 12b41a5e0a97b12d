package io.nodeledger.provisioner.telemetry;

import static io.nodeledger.provisioner.telemetry.Machines.NOON;
import static io.nodeledger.provisioner.telemetry.Machines.machine;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.proxmox.client.ScriptedProxmox.Reply;
import io.nodeledger.provisioner.proxmox.cluster.ScriptedRegion;
import io.nodeledger.provisioner.telemetry.Details.Rates;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DetailLooksTest {
    private static final String MACHINE = "GET /nodes/pve1/qemu/1001";

    private final ScriptedRegion region = new ScriptedRegion();
    private Instant now = NOON;
    private final DetailLooks looks = new DetailLooks(region.region.client(), () -> now, 1, 2);

    @AfterEach
    void close() throws Exception {
        region.close();
    }

    @Test
    void ratesAreTheDifferencesBetweenTwoLooks() throws Exception {
        tell(1_000, 5_000);
        look(100);
        assertThat(looks.take("node-a")).hasValueSatisfying(first -> {
            assertThat(first.storageUsed()).isEqualTo(33);
            assertThat(first.storageTotal()).isEqualTo(150);
            assertThat(first.diskOperations()).isNull();
        });

        tell(1_300, 5_600);
        now = now.plusSeconds(60);
        look(160);

        assertThat(looks.take("node-a")).hasValueSatisfying(second -> {
            assertThat(second.diskOperations()).isEqualTo(new Rates(5, 2.5));
            assertThat(second.packets()).isEqualTo(new Rates(10, 5));
        });
        assertThat(looks.take("node-a")).as("taken once").isEmpty();
    }

    @Test
    void countersThatBeganAnewTellNoRate() throws Exception {
        tell(1_000, 5_000);
        look(100);
        tell(10, 50);
        now = now.plusSeconds(60);

        look(20);

        assertThat(looks.take("node-a")).hasValueSatisfying(details -> {
            assertThat(details.diskOperations()).isNull();
            assertThat(details.packets()).isNull();
            assertThat(details.storageUsed()).isEqualTo(33);
        });
    }

    @Test
    void aSilentAgentLeavesAGapAndNothingElse() throws Exception {
        tell(1_000, 5_000);
        region.answering(
                MACHINE + "/agent/get-fsinfo", new Reply(500, "QEMU guest agent is not running", "{\"data\":null}"));

        look(100);
        now = now.plusSeconds(10);
        tell(1_010, 5_000);
        region.answering(
                MACHINE + "/agent/get-fsinfo", new Reply(500, "QEMU guest agent is not running", "{\"data\":null}"));
        look(110);

        assertThat(looks.take("node-a")).hasValueSatisfying(details -> {
            assertThat(details.storageUsed()).isNull();
            assertThat(details.diskOperations()).isEqualTo(new Rates(1, 0.5));
        });
    }

    @Test
    void aRegionOutOfReachIsLeftAlone() throws Exception {
        region.answering(MACHINE + "/status/current", new Reply(595, "No route to host", ""));
        var running = new HashMap<>(Map.of("node-a", machine(1, 100)));
        for (int other = 2; other < 100; other++) {
            running.put("node-" + other, machine(other, 100));
            region.answering(
                    "GET /nodes/pve1/qemu/" + (1000 + other) + "/status/current",
                    new Reply(595, "No route to host", ""));
        }

        looks.look(running);

        assertThat(region.server.requests).hasSizeLessThan(6);
    }

    @Test
    void machinesAreAskedInSlices() throws Exception {
        var sliced = new DetailLooks(region.region.client(), () -> now, 2, 2);
        var running = Map.of("node-a", machine(1, 100), "node-b", machine(2, 100));

        sliced.look(running);
        assertThat(taken(sliced)).isEqualTo("b");
        sliced.look(running);
        assertThat(taken(sliced)).isEqualTo("a");
    }

    private static String taken(DetailLooks looks) {
        Optional<Details> a = looks.take("node-a");
        return (a.isPresent() ? "a" : "") + (looks.take("node-b").isPresent() ? "b" : "");
    }

    private void look(long uptime) throws InterruptedException {
        looks.look(Map.of("node-a", machine(1, uptime)));
    }

    /** Two disks, of which one reads and writes half as often; one file system that is mounted twice. */
    private void tell(long reads, long packets) {
        region.answering(MACHINE + "/status/current", Reply.data("""
                {"status": "running", "blockstat": {
                  "scsi0": {"rd_operations": %d, "wr_operations": %d}, "ide2": {"rd_operations": 0, "wr_operations": 0}}}""".formatted(reads, reads / 2)));
        region.answering(MACHINE + "/agent/network-get-interfaces", Reply.data("""
                {"result": [{"name": "lo", "statistics": {"rx-packets": 999999, "tx-packets": 999999}},
                            {"name": "eth0", "statistics": {"rx-packets": %d, "tx-packets": %d}}]}""".formatted(packets, packets / 2)));
        region.answering(MACHINE + "/agent/get-fsinfo", Reply.data("""
                {"result": [{"name": "sda1", "mountpoint": "/", "used-bytes": 23, "total-bytes": 100, "disk": [{}]},
                            {"name": "sda1", "mountpoint": "/mnt", "used-bytes": 23, "total-bytes": 100, "disk": [{}]},
                            {"name": "sdb1", "mountpoint": "/data", "used-bytes": 10, "total-bytes": 50, "disk": [{}]},
                            {"name": "tmpfs", "mountpoint": "/tmp", "used-bytes": 5, "total-bytes": 9, "disk": []}]}"""));
    }
}
