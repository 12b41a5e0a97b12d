package io.nodeledger.provisioner.proxmox.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.proxmox.client.TaskStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackupLogTest {
    private static final TaskStatus ERRORS = new TaskStatus("job errors");

    @Test
    void the_archive_is_named_as_in_its_volume_id() {
        assertThat(log("INFO: creating vzdump archive '/mnt/pve/nfs/dump/vzdump-qemu-101-2026_01_31-12_00_00.vma.zst'")
                        .archive())
                .contains("vzdump-qemu-101-2026_01_31-12_00_00.vma.zst");
        assertThat(log("INFO: creating Proxmox Backup Server archive 'vm/101/2026-01-31T12:00:00Z'")
                        .archive())
                .contains("vm/101/2026-01-31T12:00:00Z");
        assertThat(log("INFO: trying to get global lock - waiting...").archive())
                .isEmpty();
    }

    @Test
    void the_failure_is_the_machines_and_not_the_jobs() {
        assertThat(log("ERROR: Backup of VM 101 failed - VM is locked (snapshot)", "INFO: Failed at 12:00:00")
                        .failure(ERRORS))
                .hasMessage("VM is locked (snapshot)")
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(Kind.LOCKED));
        assertThat(log("nothing of it").failure(ERRORS)).hasMessage("job errors");
    }

    @Test
    void a_full_storage_is_told_before_the_failure() {
        var failure = log(
                        "zstd: error 70 : Write error : cannot write block : No space left on device",
                        "ERROR: Backup of VM 101 failed - vma_queue_write: write error - Broken pipe")
                .failure(ERRORS);

        assertThat(failure.kind()).isEqualTo(Kind.OUT_OF_SPACE);
        assertThat(failure).hasMessageContaining("Broken pipe").hasMessageContaining("No space left");
    }

    @Test
    void what_was_asked_for_is_in_the_first_line() {
        var log = log("INFO: starting new backup job: vzdump 101 --notes-template 'nodeledger backup a of b'");

        assertThat(log.asksFor("nodeledger backup a of b")).isTrue();
        assertThat(log.asksFor("nodeledger backup a of c")).isFalse();
        assertThat(log("INFO: nodeledger backup a of b").asksFor("nodeledger backup a of b"))
                .isFalse();
    }

    private static BackupLog log(String... lines) {
        return new BackupLog(List.of(lines));
    }
}
