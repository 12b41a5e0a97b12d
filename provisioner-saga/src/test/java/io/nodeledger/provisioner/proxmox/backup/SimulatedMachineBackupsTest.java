package io.nodeledger.provisioner.proxmox.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.nodeledger.provisioner.proxmox.backup.BackupRound.Done;
import io.nodeledger.provisioner.proxmox.backup.BackupRound.Failed;
import io.nodeledger.provisioner.proxmox.backup.BackupRound.Retry;
import io.nodeledger.provisioner.proxmox.backup.BackupRound.Running;
import io.nodeledger.provisioner.proxmox.backup.BackupRound.Started;
import io.nodeledger.provisioner.region.RegionsSettings;
import io.nodeledger.simulators.fault.Fault;
import io.nodeledger.simulators.fault.FaultKind;
import io.nodeledger.simulators.machine.Machine;
import io.nodeledger.simulators.machine.MachineListener;
import io.nodeledger.simulators.proxmox.ProxmoxSimulator;
import io.nodeledger.simulators.proxmox.ProxmoxSimulatorSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backups at the simulated cluster, and what goes wrong there. */
class SimulatedMachineBackupsTest extends MachineBackupsConformance {
    private static final String VZDUMP = "/vzdump$";
    private static final int ALWAYS = 0;

    private final Vertx vertx = Vertx.vertx();
    private ProxmoxSimulator cluster;
    private BackupsUnderTest backups;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        cluster = ProxmoxSimulator.start(
                vertx,
                ProxmoxSimulatorSettings.of(BackupsUnderTest.REGION, folder).withTimeScale(0.001),
                new Guestless());
        backups = new BackupsUnderTest(settings("shared"));
    }

    @AfterEach
    void stop() throws Exception {
        backups.close();
        cluster.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Override
    BackupsUnderTest backups() {
        return backups;
    }

    @Test
    void a_backup_whose_answer_was_lost_is_found_while_it_is_made() throws Exception {
        BackupOrder order = backups.ordered();
        add(FaultKind.LOST_REPLY, VZDUMP, null, 1);
        add(FaultKind.TASK_HANG, VZDUMP, null, 1);

        assertThat(backups.once(order)).isInstanceOf(Retry.class);
        String upid = backups.tasks(order).getFirst().upid().text();
        await().until(() -> backups.lock(order).isPresent());

        assertThat(backups.once(order)).isEqualTo(new Started(upid));
        assertThat(backups.once(BackupsUnderTest.recorded(order, upid))).isInstanceOf(Running.class);
        assertThat(backups.tasks(order)).hasSize(1);
    }

    @Test
    void a_backup_whose_answer_was_lost_is_found_when_it_is_made() throws Exception {
        BackupOrder order = backups.ordered();
        add(FaultKind.LOST_REPLY, VZDUMP, null, 1);

        assertThat(backups.run(order)).isInstanceOf(Done.class);

        assertThat(backups.tasks(order)).hasSize(1);
    }

    @Test
    void a_hanging_backup_is_waited_for_and_no_other_is_begun() throws Exception {
        BackupOrder order = backups.ordered();
        add(FaultKind.TASK_HANG, VZDUMP, null, 1);
        BackupOrder begun = recorded(order, backups.once(order));

        for (int round = 0; round < 5; round++) {
            assertThat(backups.once(begun)).isInstanceOf(Running.class);
        }

        assertThat(backups.tasks(order)).hasSize(1);
    }

    @Test
    void a_failed_backup_is_one_failed_attempt_that_says_why_and_the_next_round_begins_another() throws Exception {
        BackupOrder order = backups.ordered();
        add(FaultKind.TASK_FAILURE, VZDUMP, "VM 1 qmp command 'backup' failed - got timeout", 1);
        BackupOrder begun = recorded(order, backups.once(order));
        awaitEnd(order);

        assertThat(backups.once(begun)).isEqualTo(new Retry("VM 1 qmp command 'backup' failed - got timeout"));
        assertThat(backups.once(begun)).isInstanceOf(Started.class);
        assertThat(backups.run(begun)).isInstanceOf(Done.class);

        assertThat(backups.tasks(order)).hasSize(2);
    }

    @Test
    void an_instance_that_remembers_nothing_counts_a_failed_backup_once_more() throws Exception {
        BackupOrder order = backups.ordered();
        add(FaultKind.TASK_FAILURE, VZDUMP, null, 1);
        BackupOrder begun = recorded(order, backups.once(order));
        awaitEnd(order);
        assertThat(backups.once(begun)).isInstanceOf(Retry.class);

        try (var another = new BackupsUnderTest(settings("shared"))) {
            assertThat(another.once(begun)).isInstanceOf(Retry.class);
            assertThat(another.run(begun)).isInstanceOf(Done.class);
        }
        assertThat(backups.tasks(order)).hasSize(2);
    }

    @Test
    void a_failure_that_stays_ends_it_and_nothing_else_is_begun() throws Exception {
        assertEnds("There is a max backup limit of 1 enforced by the target storage", "PROVIDER_REFUSED");
        assertEnds("No space left on device", "INSUFFICIENT_CAPACITY");
    }

    private void assertEnds(String failure, String code) throws InterruptedException {
        BackupOrder order = backups.ordered();
        add(FaultKind.TASK_FAILURE, VZDUMP, failure, 1);
        BackupOrder begun = recorded(order, backups.once(order));
        awaitEnd(order);

        for (int round = 0; round < 3; round++) {
            assertThat(backups.once(begun)).isInstanceOfSatisfying(Failed.class, failed -> {
                assertThat(failed.code()).isEqualTo(code);
                assertThat(failed.reason()).contains(failure);
            });
        }
        assertThat(backups.tasks(order)).hasSize(1);
    }

    @Test
    void a_lock_that_cannot_be_had_is_a_failed_attempt() {
        BackupOrder order = backups.ordered();
        add(FaultKind.LOCK, VZDUMP, null, 2);

        assertThat(backups.run(order)).isInstanceOf(Done.class);

        assertThat(backups.tasks(order)).hasSize(3);
    }

    @Test
    void somebody_elses_backup_is_waited_for() throws Exception {
        BackupOrder order = backups.ordered();
        add(FaultKind.TASK_HANG, VZDUMP, null, 1);
        backups.client().backup(order.host(), order.vmId(), "shared", "nightly");
        await().until(() -> backups.lock(order).isPresent());

        for (int round = 0; round < 3; round++) {
            assertThat(backups.once(order))
                    .isEqualTo(new Running("Machine " + order.vmId() + " is being backed up for root@pam!nodeledger"));
        }
        assertThat(backups.tasks(order)).hasSize(1);
    }

    @Test
    void hosts_out_of_reach_are_failed_attempts_and_nothing_is_begun_meanwhile() throws Exception {
        BackupOrder order = backups.ordered();
        add(FaultKind.PARTITION, "/nodes/" + order.host() + "/", null, ALWAYS);
        assertThat(backups.once(order)).isInstanceOf(Retry.class);
        cluster.faults().clear();
        assertThat(backups.tasks(order)).isEmpty();

        add(FaultKind.PARTITION, VZDUMP, null, 1);
        assertThat(backups.once(order)).isInstanceOf(Retry.class);
        assertThat(backups.run(order)).isInstanceOf(Done.class);
    }

    @Test
    void a_host_that_has_nothing_to_do_with_the_machine_need_not_answer() {
        BackupOrder order = backups.ordered();
        add(FaultKind.PARTITION, "/nodes/" + anotherHost(order) + "/", null, ALWAYS);

        assertThat(backups.run(order)).isInstanceOf(Done.class);
    }

    @Test
    void a_listing_that_hides_everything_begins_nothing() throws Exception {
        BackupOrder order = backups.ordered();
        add(FaultKind.EMPTY_LIST, "/cluster/resources", null, ALWAYS);

        assertThat(backups.once(order)).isInstanceOf(Retry.class);

        cluster.faults().clear();
        assertThat(backups.tasks(order)).isEmpty();
    }

    @Test
    void a_refusal_ends_it() throws Exception {
        BackupOrder order = backups.ordered();
        add(FaultKind.DENIED, VZDUMP, null, 1);

        assertThat(backups.once(order))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.code()).isEqualTo("PROVIDER_REFUSED"));
    }

    @Test
    void a_machine_that_moved_is_backed_up_where_it_is() {
        BackupOrder order = backups.ordered();
        cluster.migrate(order.vmId(), anotherHost(order));

        assertThat(backups.run(order)).isInstanceOf(Done.class);

        assertThat(backups.tasks(order))
                .singleElement()
                .satisfies(task -> assertThat(task.upid().host()).isEqualTo(anotherHost(order)));
    }

    @Test
    void a_machine_that_moves_between_look_and_call_is_looked_for_again() throws Exception {
        BackupOrder order = backups.ordered();

        assertThat(backups.once(order, () -> cluster.migrate(order.vmId(), anotherHost(order))))
                .isEqualTo(new Retry("Machine " + order.vmId() + " has left " + order.host()));
        assertThat(backups.run(order)).isInstanceOf(Done.class);
    }

    @Test
    void a_backup_on_a_local_storage_is_found_after_its_machine_moved() throws Exception {
        try (var local = new BackupsUnderTest(settings("local"))) {
            BackupOrder order = local.ordered();
            BackupRound made = local.run(order);
            cluster.migrate(order.vmId(), anotherHost(order));

            assertThat(made).isInstanceOf(Done.class);
            assertThat(local.once(order)).isEqualTo(made);
        }
    }

    @Test
    void a_machine_that_vanished_has_the_backup_that_it_had() throws Exception {
        BackupOrder backedUp = backups.ordered();
        BackupRound made = backups.run(backedUp);
        BackupOrder never = backups.ordered();
        cluster.vanish(backedUp.vmId());
        cluster.vanish(never.vmId());

        assertThat(backups.once(backedUp)).isEqualTo(made);
        assertThat(backups.once(never))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.code()).isEqualTo("MACHINE_VANISHED"));
    }

    @Test
    void a_task_that_nobody_knows_any_more_is_begun_again() {
        BackupOrder order = backups.ordered();
        String forgotten = "UPID:pve1:0000AAAA:0000BBBB:66F00000:vzdump:" + order.vmId() + ":root@pam!nodeledger:";

        assertThat(backups.run(BackupsUnderTest.recorded(order, forgotten))).isInstanceOf(Done.class);
    }

    @Test
    void nothing_is_begun_without_the_lease() {
        BackupOrder order = backups.ordered();

        assertThatThrownBy(() -> backups.once(order, () -> {
                    throw new IllegalStateException("lost");
                }))
                .hasMessage("lost");

        assertThat(backups.tasks(order)).isEmpty();
    }

    @Test
    void a_region_without_a_storage_for_backups_makes_none() throws Exception {
        try (var unconfigured = new BackupsUnderTest(settings(null))) {
            assertThat(unconfigured.once(backups.ordered()))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.code()).isEqualTo("BACKUP_NOT_CONFIGURED"));
        }
    }

    @Test
    void a_storage_that_takes_no_backups_ends_it() throws Exception {
        try (var wrong = new BackupsUnderTest(settings("local-lvm"))) {
            assertThat(wrong.run(backups.ordered()))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.reason()).contains("wrong content type"));
        }
    }

    private void awaitEnd(BackupOrder order) {
        await().until(() ->
                backups.tasks(order).stream().noneMatch(task -> task.status().running()));
    }

    private static BackupOrder recorded(BackupOrder order, BackupRound begun) {
        return BackupsUnderTest.recorded(order, ((Started) begun).upid());
    }

    private static String anotherHost(BackupOrder order) {
        return order.host().equals("pve1") ? "pve2" : "pve1";
    }

    private void add(FaultKind kind, String path, @Nullable String reason, int times) {
        cluster.faults().add(new Fault(kind, null, Pattern.compile(path), 500, reason, times, Duration.ZERO));
    }

    private RegionsSettings.Proxmox settings(@Nullable String backupStorage) {
        try {
            return new RegionsSettings.Proxmox(
                    cluster.url(),
                    cluster.token(),
                    null,
                    cluster.fingerprint(),
                    9000,
                    "shared",
                    null,
                    backupStorage,
                    "nodeledger",
                    "vmbr0",
                    "1000-1999");
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static final class Guestless implements MachineListener {
        @Override
        public void machineBooted(Machine machine) {}

        @Override
        public void machineHalted(int vmId) {}
    }
}
