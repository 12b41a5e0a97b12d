package io.nodeledger.simulators.proxmox;

import static io.nodeledger.simulators.proxmox.SimulatedCluster.TEMPLATE;
import static io.nodeledger.simulators.proxmox.SimulatedCluster.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class MachineLifeTest {
    /** What begins at this time scale goes on for as long as a test needs, and ends at once after a restart without it. */
    private static final double SLOW = 100;

    @TempDir
    Path directory;

    @Test
    void a_machine_is_cloned_configured_grown_started_stopped_and_destroyed() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            Wire wire = cluster.wire;
            Wire.Reply clone = cluster.askForClone(101, "full", "1", "pool", "nodeledger");
            assertThat(clone.text())
                    .matches("UPID:pve1:[0-9A-F]{8}:[0-9A-F]{8}:[0-9A-F]{8}:qmclone:9000:root@pam!nodeledger:");
            wire.ok(clone);
            wire.ok(wire.post(vm(101) + "/config", "cores", "4", "memory", "8192", "tags", "node-101;nodeledger"));
            wire.ok(wire.put(vm(101) + "/resize", "disk", "scsi0", "size", "40G"));
            wire.ok(wire.post(vm(101) + "/status/start"));

            JsonNode config = wire.get(vm(101) + "/config").data();
            assertThat(config.path("cores").asInt()).isEqualTo(4);
            assertThat(config.path("scsi0").asString())
                    .startsWith("shared:101/vm-101-disk-0.qcow2")
                    .contains("size=40G");
            assertThat(config.path("description").asString()).isEqualTo("nodeledger:node-101");
            await().until(() -> cluster.guests.booted().size() == 1);
            assertThat(cluster.guests.booted().getFirst().cores()).isEqualTo(4);
            JsonNode status = wire.get(vm(101) + "/status/current").data();
            assertThat(status.path("status").asString()).isEqualTo("running");
            assertThat(status.path("maxmem").asLong()).isEqualTo(8L << 30);
            assertThat(status.path("blockstat").path("scsi0").has("rd_operations"))
                    .isTrue();

            wire.ok(wire.post(vm(101) + "/status/shutdown", "timeout", "30"));
            await().until(() -> cluster.guests.halted().equals(List.of(101)));
            wire.ok(wire.delete(vm(101) + "?purge=1&destroy-unreferenced-disks=1"));
            Wire.Reply gone = wire.get(vm(101) + "/config");
            assertThat(gone.status()).isEqualTo(500);
            assertThat(gone.reason()).isEqualTo("Configuration file 'nodes/pve1/qemu-server/101.conf' does not exist");
            assertThat(gone.json().path("message").asString()).startsWith("Configuration file");
        }
    }

    @Test
    void a_clone_has_the_templates_tags_and_an_identity_of_its_own() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.cloned(101);
            JsonNode template = cluster.wire.get(TEMPLATE + "/config").data();
            JsonNode clone = cluster.wire.get(vm(101) + "/config").data();
            assertThat(clone.path("tags")).isEqualTo(template.path("tags"));
            assertThat(clone.path("net0")).isNotEqualTo(template.path("net0"));
            assertThat(clone.path("smbios1")).isNotEqualTo(template.path("smbios1"));
            assertThat(clone.has("template")).isFalse();
            assertThat(clone.has("lock")).isFalse();
        }
    }

    @Test
    void until_its_disk_is_copied_a_clone_shows_only_its_lock() throws Exception {
        Wire.Reply clone;
        try (SimulatedCluster cluster = new SimulatedCluster(directory, SLOW)) {
            clone = cluster.askForClone(101, "full", "1");
            JsonNode config = cluster.wire.get(vm(101) + "/config").data();
            assertThat(config.propertyNames()).containsExactlyInAnyOrder("lock", "digest");
            assertThat(cluster.wire.delete(vm(101)).reason()).isEqualTo("VM is locked (clone)");
            assertThat(cluster.wire.await(cluster.wire.post(vm(101) + "/status/start")))
                    .isEqualTo("VM is locked (clone)");
        }
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.wire.ok(clone);
            assertThat(cluster.wire.get(vm(101) + "/config").data().has("lock")).isFalse();
        }
    }

    @Test
    void full_clones_of_one_template_onto_one_storage_go_one_after_the_other() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0.02)) {
            long before = System.nanoTime();
            Wire.Reply first = cluster.askForClone(101, "full", "1");
            Wire.Reply second = cluster.askForClone(102, "full", "1", "target", "pve2");
            cluster.wire.ok(first);
            cluster.wire.ok(second);
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isGreaterThan(Duration.ofMillis(780));
        }
    }

    @Test
    void a_taken_id_cannot_be_cloned_to() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.cloned(101);
            assertThat(cluster.askForClone(101).reason())
                    .isEqualTo("unable to create VM 101: config file already exists");
            Wire.Reply next = cluster.wire.get("/cluster/nextid?vmid=101");
            assertThat(next.status()).isEqualTo(400);
            assertThat(next.json().path("errors").path("vmid").asString()).isEqualTo("VM 101 already exists");
            assertThat(cluster.wire.get("/cluster/nextid").text()).isEqualTo("100");
        }
    }

    @Test
    void starting_what_runs_and_stopping_what_stands_are_told_apart() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.started(101);
            assertThat(cluster.wire.await(cluster.wire.post(vm(101) + "/status/start")))
                    .isEqualTo("VM 101 already running");
            assertThat(cluster.wire.delete(vm(101)).reason()).isEqualTo("VM 101 is running - destroy failed");
            cluster.wire.ok(cluster.wire.post(vm(101) + "/status/stop"));
            cluster.wire.ok(cluster.wire.post(vm(101) + "/status/stop"));
            assertThat(cluster.wire.post(vm(101) + "/status/reboot").reason()).isEqualTo("VM 101 not running");
        }
    }

    @Test
    void a_reboot_halts_the_guest_and_boots_it_again() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.started(101);
            cluster.wire.ok(cluster.wire.post(vm(101) + "/status/reboot"));
            await().until(() -> cluster.guests.booted().size() == 2);
            assertThat(cluster.guests.halted()).containsExactly(101);
        }
    }

    @Test
    void a_shutdown_holds_the_machines_lock_and_gives_up_in_time() throws Exception {
        Delays slow = slowShutdown();
        try (SimulatedCluster cluster = new SimulatedCluster(
                directory, settings -> settings.withTimeScale(0.01).withDelays(slow))) {
            cluster.started(101);
            cluster.started(102);
            await().until(() -> cluster.guests.booted().size() == 2);
            cluster.wire
                    .post(vm(101) + "/status/shutdown", "timeout", "1000000")
                    .data();
            Wire.Reply locked = cluster.wire.put(vm(101) + "/config", "cores", "4");
            assertThat(locked.reason())
                    .isEqualTo("can't lock file '/var/lock/qemu-server/lock-101.conf' - got timeout");
            assertThat(cluster.wire.await(cluster.wire.post(vm(102) + "/status/shutdown", "timeout", "60")))
                    .isEqualTo("VM quit/powerdown failed - got timeout");
            cluster.wire.ok(cluster.wire.post(vm(102) + "/status/shutdown", "timeout", "1", "forceStop", "1"));
            assertThat(cluster.guests.halted()).containsExactly(102);
        }
    }

    @Test
    void a_disk_does_not_shrink_and_a_stale_digest_changes_nothing() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.cloned(101);
            assertThat(cluster.wire.await(cluster.wire.put(vm(101) + "/resize", "disk", "scsi0", "size", "5G")))
                    .isEqualTo("shrinking disks is not supported");
            cluster.wire.ok(cluster.wire.put(vm(101) + "/resize", "disk", "scsi0", "size", "10G"));
            String digest =
                    cluster.wire.get(vm(101) + "/config").data().path("digest").asString();
            cluster.wire.ok(cluster.wire.post(vm(101) + "/config", "cores", "4", "digest", digest));
            assertThat(cluster.wire
                            .post(vm(101) + "/config", "cores", "8", "digest", digest)
                            .reason())
                    .isEqualTo("checksum mismatch (file change by other user?)");
        }
    }

    @Test
    void memory_and_storage_run_out() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(
                directory,
                settings -> settings.withTimeScale(0)
                        .withHosts(List.of(new HostSpec("pve1", 8, 8L << 30)))
                        .withStorages(List.of(
                                new StorageSpec("shared", "nfs", true, 35L << 30, java.util.Set.of("images")))))) {
            cluster.cloned(101);
            cluster.cloned(102);
            assertThat(cluster.wire.await(cluster.askForClone(103, "full", "1")))
                    .contains("No space left on device");
            assertThat(cluster.wire.get(vm(103) + "/config").status()).isEqualTo(500);
            cluster.wire.ok(cluster.wire.post(vm(101) + "/config", "memory", "7000"));
            assertThat(cluster.wire.await(cluster.wire.post(vm(101) + "/status/start")))
                    .contains("Cannot allocate memory");
        }
    }

    @Test
    void protected_and_highly_available_machines_are_not_deleted() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.cloned(101);
            cluster.wire.put(vm(101) + "/config", "protection", "1").data();
            assertThat(cluster.wire.delete(vm(101)).reason())
                    .isEqualTo("can't remove VM 101 - protection mode enabled");
            cluster.wire.put(vm(101) + "/config", "delete", "protection").data();
            cluster.simulator.haManaged(101, true);
            assertThat(cluster.wire.delete(vm(101)).reason()).contains("used in HA resources");
            cluster.wire.ok(cluster.wire.delete(vm(101) + "?purge=1"));
        }
    }

    @Test
    void machines_vanish_move_and_lose_power_behind_everyones_back() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.started(101);
            cluster.simulator.migrate(101, "pve2");
            assertThat(cluster.wire
                            .get("/nodes/pve2/qemu/101/status/current")
                            .data()
                            .path("status")
                            .asString())
                    .isEqualTo("running");
            cluster.simulator.power(101, false);
            assertThat(cluster.guests.halted()).containsExactly(101);
            cluster.simulator.power(101, true);
            await().until(() -> cluster.guests.booted().size() == 2);
            cluster.simulator.vanish(101);
            JsonNode left = cluster.wire.get("/cluster/resources?type=vm").data();
            assertThat(StreamSupport.stream(left.spliterator(), false)).hasSize(1);
        }
    }

    private static Delays slowShutdown() {
        Delays d = Delays.realistic();
        return new Delays(
                d.fullClone(),
                d.linkedClone(),
                d.configure(),
                d.resize(),
                d.start(),
                Duration.ofMillis(10),
                Duration.ofDays(10),
                d.stop(),
                d.destroy(),
                d.backup(),
                d.transfer(),
                d.statusLag(),
                d.unauthorised(),
                d.lockTimeout());
    }
}
