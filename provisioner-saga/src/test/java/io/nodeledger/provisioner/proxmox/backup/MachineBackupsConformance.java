package io.nodeledger.provisioner.proxmox.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.proxmox.backup.BackupRound.Done;
import io.nodeledger.provisioner.proxmox.backup.BackupRound.Failed;
import io.nodeledger.provisioner.proxmox.backup.BackupRound.Started;
import org.junit.jupiter.api.Test;

/** What backups do on any Proxmox VE cluster, simulated or real. */
abstract class MachineBackupsConformance {
    abstract BackupsUnderTest backups();

    @Test
    void a_backup_is_made_once_and_every_round_may_run_twice() throws Exception {
        BackupOrder order = backups().ordered();

        BackupRound made = backups().run(order);

        assertThat(made).isInstanceOfSatisfying(Done.class, done -> {
            assertThat(done.volumeId()).contains(":backup/").contains(String.valueOf(order.vmId()));
            assertThat(done.bytes()).isPositive();
        });
        assertThat(backups().once(order)).isEqualTo(made);
        assertThat(backups().tasks(order)).hasSize(1);
        assertThat(backups().lock(order)).isEmpty();
    }

    @Test
    void a_task_that_was_begun_before_a_crash_makes_the_backup() throws Exception {
        BackupOrder order = backups().ordered();
        assertThat(backups().once(order)).isInstanceOf(Started.class);

        assertThat(backups().run(order)).isInstanceOf(Done.class);

        assertThat(backups().tasks(order)).hasSize(1);
    }

    @Test
    void the_backup_that_was_made_for_something_else_does_not_count() throws Exception {
        BackupOrder order = backups().ordered();
        backups().run(order);
        var another = new BackupOrder(
                order.region(), order.nodeId(), order.vmId(), order.host(), "another", null, order.since());

        assertThat(backups().once(another)).isInstanceOf(Started.class);
        assertThat(backups().run(another)).isInstanceOf(Done.class);

        assertThat(backups().tasks(order)).hasSize(2);
    }

    @Test
    void a_machine_that_is_not_the_nodes_is_not_touched() {
        BackupOrder order = backups().ordered(false);

        assertThat(backups().run(order))
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.code()).isEqualTo("MACHINE_FOREIGN"));

        assertThat(backups().tasks(order)).isEmpty();
    }
}
