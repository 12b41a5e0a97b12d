package io.nodeledger.simulators.proxmox;

import static io.nodeledger.simulators.proxmox.SimulatedCluster.vm;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Backups by {@code vzdump}. */
class BackupTest {
    private static final String VZDUMP = "/nodes/pve1/vzdump";
    private static final String CONTENT = "/nodes/pve1/storage/shared/content";

    @TempDir
    Path directory;

    @Test
    void a_backup_is_a_volume_with_notes_and_its_log_names_the_archive() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.cloned(101);
            Wire.Reply task = backup(cluster, 101, "notes-template", "{{guestname}} on {{node}}, {{vmid}}\\nmore");

            assertThat(task.text()).matches("UPID:pve1:[^:]+:[^:]+:[^:]+:vzdump:101:root@pam!nodeledger:");
            cluster.wire.ok(task);

            JsonNode listed = cluster.wire
                    .get(CONTENT + "?content=backup&vmid=101")
                    .data()
                    .path(0);
            String volume = listed.path("volid").asString();
            assertThat(volume)
                    .matches("shared:backup/vzdump-qemu-101-\\d{4}(_\\d\\d){2}-\\d\\d(_\\d\\d){2}\\.vma\\.zst");
            assertThat(listed.path("format").asString()).isEqualTo("vma.zst");
            assertThat(listed.path("subtype").asString()).isEqualTo("qemu");
            assertThat(listed.path("vmid").asInt()).isEqualTo(101);
            assertThat(listed.path("size").asLong()).isEqualTo(1L << 30);
            assertThat(listed.path("notes").asString()).isEqualTo("node-101 on pve1, 101");
            assertThat(cluster.wire
                            .get(CONTENT + "/" + volume)
                            .data()
                            .path("notes")
                            .asString())
                    .isEqualTo("node-101 on pve1, 101\nmore");
            assertThat(log(cluster, task))
                    .anyMatch(line -> line.startsWith("INFO: starting new backup job: vzdump 101 --compress zstd"))
                    .contains("INFO: creating vzdump archive '/mnt/pve/shared/dump/"
                            + volume.substring("shared:backup/".length()) + "'");
            assertThat(cluster.wire.get(CONTENT + "?content=backup&vmid=102").data())
                    .isEmpty();
        }
    }

    @Test
    void a_machine_that_is_being_backed_up_can_neither_be_stopped_nor_configured_nor_destroyed() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.started(101);
            cluster.simulator.faults().add(fault(FaultKind.TASK_HANG, null));
            backup(cluster, 101);
            awaitLock(cluster);

            assertThat(cluster.wire.await(cluster.wire.post(vm(101) + "/status/stop")))
                    .isEqualTo("VM is locked (backup)");
            assertThat(cluster.wire.await(cluster.wire.post(vm(101) + "/status/shutdown")))
                    .isEqualTo("VM is locked (backup)");
            assertThat(cluster.wire.post(vm(101) + "/config", "cores", "4").reason())
                    .isEqualTo("VM is locked (backup)");
            assertThat(cluster.wire.delete(vm(101)).reason()).isEqualTo("VM is locked (backup)");
        }
    }

    @Test
    void a_backup_survives_its_machine_and_a_restart() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.cloned(101);
            cluster.wire.ok(backup(cluster, 101));
            cluster.wire.ok(backup(cluster, 101, "storage", "local"));
            cluster.wire.ok(cluster.wire.delete(vm(101) + "?purge=1&destroy-unreferenced-disks=1"));
        }
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            JsonNode listed =
                    cluster.wire.get(CONTENT + "?content=backup&vmid=101").data();
            assertThat(listed).hasSize(1);
            assertThat(cluster.wire
                            .get("/nodes/pve1/storage/local/content?content=backup")
                            .data())
                    .hasSize(1);
            assertThat(cluster.wire
                            .get("/nodes/pve2/storage/local/content?content=backup")
                            .data())
                    .isEmpty();
            cluster.wire.ok(cluster.wire.delete(
                    CONTENT + "/" + listed.path(0).path("volid").asString()));
            assertThat(cluster.wire.get(CONTENT + "?content=backup").data()).isEmpty();
        }
    }

    @Test
    void a_backup_goes_on_after_a_restart_and_unlocks_the_machine() throws Exception {
        Wire.Reply task;
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0.01)) {
            cluster.cloned(101);
            task = backup(cluster, 101);
            awaitLock(cluster);
        }
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0.01)) {
            cluster.wire.ok(task);
            assertThat(cluster.wire.get(vm(101) + "/config").data().has("lock")).isFalse();
        }
    }

    @Test
    void what_fails_ends_in_job_errors_says_why_in_its_log_and_leaves_no_lock() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.cloned(101);
            cluster.simulator.faults().add(fault(FaultKind.TASK_FAILURE, "no such disk"));

            Wire.Reply task = backup(cluster, 101);

            assertThat(cluster.wire.await(task)).isEqualTo("job errors");
            assertThat(log(cluster, task)).contains("ERROR: Backup of VM 101 failed - no such disk");
            assertThat(cluster.wire.get(vm(101) + "/config").data().has("lock")).isFalse();
            assertThat(cluster.wire.get(CONTENT + "?content=backup").data()).isEmpty();
        }
    }

    @Test
    void a_machine_with_another_lock_or_none_at_all_is_not_backed_up() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.simulator
                    .faults()
                    .add(new Fault(
                            FaultKind.TASK_HANG, "POST", Pattern.compile("/clone$"), 500, null, 1, Duration.ZERO));
            cluster.askForClone(101, "full", "1");

            Wire.Reply locked = backup(cluster, 101);
            assertThat(cluster.wire.await(locked)).isEqualTo("job errors");
            assertThat(log(cluster, locked)).contains("ERROR: Backup of VM 101 failed - VM is locked (clone)");
            assertThat(cluster.wire.get(vm(101) + "/config").data().path("lock").asString())
                    .isEqualTo("clone");
            assertThat(cluster.wire.await(backup(cluster, 102))).isEqualTo("job errors");
        }
    }

    @Test
    void a_machine_on_another_host_is_passed_over_without_a_task() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.cloned(101);
            cluster.simulator.migrate(101, "pve2");

            assertThat(backup(cluster, 101).text()).isEqualTo("OK");
            assertThat(cluster.wire
                            .get("/nodes/pve1/tasks?source=all&typefilter=vzdump")
                            .data())
                    .isEmpty();
        }
    }

    @Test
    void a_host_makes_one_backup_at_a_time() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.cloned(101);
            cluster.cloned(102);
            cluster.simulator.faults().add(fault(FaultKind.TASK_HANG, null));
            backup(cluster, 101);
            awaitLock(cluster);
            Wire.Reply second = backup(cluster, 102);

            assertThat(cluster.wire.get(vm(102) + "/config").data().has("lock")).isFalse();
            assertThat(log(cluster, second)).isEmpty();
        }
    }

    @Test
    void what_is_not_allowed_or_makes_no_sense_is_refused_where_proxmox_refuses_it() throws Exception {
        TokenSpec weak = new TokenSpec(
                "app@pve!weak",
                "s",
                Map.of(
                        "/nodes", Set.of("Sys.Audit"),
                        "/storage/shared", Set.of("Datastore.AllocateSpace", "Datastore.Audit"),
                        "/vms", Set.of("VM.Audit")));
        try (SimulatedCluster cluster =
                new SimulatedCluster(directory, s -> s.withTimeScale(0).withTokens(List.of(weak)))) {
            cluster.cloned(101);
            Wire wire = new Wire(cluster.simulator, weak.credentials());
            cluster.wire.ok(backup(cluster, 101));

            assertThat(wire.await(wire.post(VZDUMP, "vmid", "101", "storage", "shared")))
                    .isEqualTo("403 Permission check failed (/vms/101, VM.Backup)");
            assertThat(wire.get(CONTENT + "?content=backup").data()).isEmpty();
            assertThat(wire.post(VZDUMP, "vmid", "101", "storage", "local").reason())
                    .isEqualTo("Permission check failed (/storage/local, Datastore.AllocateSpace)");
            assertThat(cluster.wire.await(backup(cluster, 101, "storage", "local-lvm")))
                    .isEqualTo("could not get storage information for 'local-lvm': can't use storage 'local-lvm'"
                            + " for backups - wrong content type");
            assertThat(errors(cluster.wire.post(VZDUMP, "storage", "shared"))
                            .path("vmid")
                            .asString())
                    .isEqualTo("property is missing");
            assertThat(errors(cluster.wire.post(VZDUMP, "vmid", "101", "protected", "1"))
                            .has("storage"))
                    .isTrue();
            assertThat(errors(backup(cluster, 101, "notes-template", "a\nb"))
                            .path("notes-template")
                            .asString())
                    .isEqualTo("contains a line feed");
            assertThat(errors(backup(cluster, 101, "mode", "live")).has("mode")).isTrue();
        }
    }

    @Test
    void a_protected_backup_cannot_be_removed() throws Exception {
        try (SimulatedCluster cluster = new SimulatedCluster(directory, 0)) {
            cluster.cloned(101);
            cluster.wire.ok(backup(cluster, 101, "protected", "1"));
            String volume = cluster.wire
                    .get(CONTENT + "?content=backup")
                    .data()
                    .path(0)
                    .path("volid")
                    .asString();

            assertThat(cluster.wire.delete(CONTENT + "/" + volume).reason())
                    .startsWith("cannot remove protected archive");
        }
    }

    private static Wire.Reply backup(SimulatedCluster cluster, int vmId, String... more) {
        var pairs = new LinkedHashMap<String, String>();
        pairs.put("vmid", String.valueOf(vmId));
        pairs.put("storage", "shared");
        pairs.put("mode", "snapshot");
        pairs.put("compress", "zstd");
        for (int i = 0; i < more.length; i += 2) {
            pairs.put(more[i], more[i + 1]);
        }
        return cluster.wire.post(
                VZDUMP,
                pairs.entrySet().stream()
                        .flatMap(pair -> Stream.of(pair.getKey(), pair.getValue()))
                        .toArray(String[]::new));
    }

    private static void awaitLock(SimulatedCluster cluster) {
        Awaitility.await()
                .until(() -> cluster.wire
                        .get(vm(101) + "/config")
                        .data()
                        .path("lock")
                        .asString("")
                        .equals("backup"));
    }

    private static List<String> log(SimulatedCluster cluster, Wire.Reply task) {
        JsonNode lines = cluster.wire
                .get("/nodes/pve1/tasks/" + Wire.encode(task.text()) + "/log")
                .data();
        return StreamSupport.stream(lines.spliterator(), false)
                .map(line -> line.path("t").asString())
                .toList();
    }

    private static JsonNode errors(Wire.Reply refused) {
        assertThat(refused.status()).isEqualTo(400);
        return refused.json().path("errors");
    }

    private static Fault fault(FaultKind kind, @Nullable String reason) {
        return new Fault(kind, "POST", Pattern.compile("/vzdump$"), 500, reason, 1, Duration.ZERO);
    }
}
