package io.nodeledger.provisioner.proxmox.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FailureSignsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            500 | can't lock file '/var/lock/qemu-server/lock-101.conf' - got timeout | RETRY
            500 | cfs-lock 'storage-shared' error: got lock request timeout | RETRY
            500 | got no worker upid - start worker failed | RETRY
            500 | VM is locked (clone) | LOCKED
            500 | checksum mismatch (file change by other user?) | CHECKSUM
            500 | unable to create VM 101: config file already exists | ID_TAKEN
            500 | unable to open file '/etc/pve/nodes/pve1/qemu-server/101.conf.tmp' - File exists | ID_TAKEN
            500 | unable to create VM 101 - VM 101 already exists on node 'pve1' | ID_TAKEN
            503 | Service Unavailable | UNREACHABLE
            595 | No route to host | UNREACHABLE
            596 | Connection timed out | UNKNOWN_OUTCOME
            597 | broken pipe | UNKNOWN_OUTCOME
            599 | Too many redirections | UNKNOWN_OUTCOME
            500 | cluster not ready - no quorum? | RETRY_SLOWLY
            500 | Configuration file 'nodes/pve1/qemu-server/101.conf' does not exist | ABSENT
            500 | volume 'local:iso/x.iso' does not exist | ABSENT
            500 | QEMU guest agent is not running | AGENT_SILENT
            500 | No QEMU guest agent configured | AGENT_SILENT
            500 | VM 101 is not running | NOT_RUNNING
            500 | VM 101 already running | RUNNING
            500 | VM 101 is running - destroy failed | RUNNING
            500 | storage 'x' does not exist | PERMANENT
            500 | can't use storage 'x' for backups - wrong content type | PERMANENT
            500 | There is a max backup limit of 3 enforced by the target storage | PERMANENT
            500 | storage 'local' does not support vm images | PERMANENT
            500 | can't clone VM to node 'pve2' (VM uses local storage) | PERMANENT
            500 | something nobody has seen before | RETRY
            400 | Parameter verification failed. | PERMANENT
            401 | authentication failure | UNAUTHENTICATED
            403 | Permission check failed (/vms/101, VM.Audit) | DENIED
            501 | chunked transfer encoding not supported | PERMANENT
            """)
    void each_sign_has_its_class(int status, String text, Kind kind) {
        assertThat(FailureSigns.ofResponse(status, text)).isEqualTo(kind);
    }
}
