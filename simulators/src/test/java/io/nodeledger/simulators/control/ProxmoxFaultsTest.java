package io.nodeledger.simulators.control;

import static io.nodeledger.simulators.control.ControlledRegion.vm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.simulators.proxmox.Wire;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault as a client of Proxmox VE meets it, planned through the control server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProxmoxFaultsTest {
    private static final String TEMPLATE_CONFIG = "/nodes/pve1/qemu/9000/config";
    private ControlledRegion region;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        region = new ControlledRegion(folder);
    }

    @AfterEach
    void noMoreFaults() {
        region.delete("/faults");
    }

    @AfterAll
    void stop() throws Exception {
        region.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            'fault': 'status'                                              | 500 | got no worker upid
            'fault': 'status', 'status': 503, 'reason': 'cluster not ready - no quorum?' | 503 | cluster not ready - no quorum?
            'fault': 'status', 'status': 596                               | 596 | Connection timed out
            'fault': 'status', 'status': 401                               | 401 | invalid token value!
            'fault': 'denied'                                              | 403 | Permission check failed
            'fault': 'partition'                                           | 595 | No route to host
            """, quoteCharacter = '`')
    void a_refusal_is_in_the_reason_phrase_as_often_as_asked_for(String fault, int status, String reason) {
        region.fault("{'target': 'proxmox', 'match': {'path_regex': '/qemu/9000/'}, 'times': 1, " + fault + "}");

        Wire.Reply refused = region.pve.get(TEMPLATE_CONFIG);

        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.body().isEmpty()).isEqualTo(status == 401);
        assertThat(region.pve.get(TEMPLATE_CONFIG).status()).isEqualTo(200);
    }

    @Test
    void a_lost_reply_leaves_the_task_that_was_started() {
        region.fault("{'target': 'proxmox', 'match': {'path_regex': '/clone$'}, 'fault': 'lost_reply', 'times': 1}");

        Wire.Reply lost = region.pve.post("/nodes/pve1/qemu/9000/clone", "newid", "300", "name", "lost", "full", "1");

        assertThat(lost.status()).isZero();
        await().until(() -> region.pve.get(vm(300) + "/config").data().has("name"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            'fault': 'task_failure'                                    | command failed: exit code 1
            'fault': 'task_failure', 'reason': 'kvm died'              | kvm died
            'fault': 'task_failure', 'reason': 'late', 'delay_ms': 30  | late
            'fault': 'lock'                                            | can't lock file '/var/lock/qemu-server/lock-%d.conf' - got timeout
            'fault': 'lock', 'reason': 'VM is locked (backup)'         | VM is locked (backup)
            """)
    void a_started_task_fails_without_an_effect(String fault, String exitStatus) {
        int vmId = region.clonedMachine();
        region.fault("{'target': 'proxmox', 'match': {'path_regex': '/status/start$'}, 'times': 1, " + fault + "}");

        String ended = region.pve.await(region.pve.post(vm(vmId) + "/status/start"));

        assertThat(ended).isEqualTo(exitStatus.replace("%d", String.valueOf(vmId)));
        assertThat(region.running(vmId)).isFalse();
        region.pve.ok(region.pve.post(vm(vmId) + "/status/start"));
    }

    @Test
    void a_clone_that_fails_leaves_no_machine() {
        region.fault("{'target': 'proxmox', 'match': {'path_regex': '/clone$'}, 'fault': 'task_failure'}");

        String ended = region.pve.await(
                region.pve.post("/nodes/pve1/qemu/9000/clone", "newid", "301", "name", "failed", "full", "1"));

        assertThat(ended).isEqualTo("command failed: exit code 1");
        assertThat(region.pve.get(vm(301) + "/config").reason()).contains("does not exist");
    }

    @Test
    void a_change_of_configuration_tells_of_a_lock_in_its_answer() {
        int vmId = region.clonedMachine();
        region.fault("{'target': 'proxmox', 'fault': 'lock', 'times': 1}");

        Wire.Reply refused = region.pve.put(vm(vmId) + "/config", "cores", "3");

        assertThat(refused.status()).isEqualTo(500);
        assertThat(refused.reason())
                .isEqualTo("can't lock file '/var/lock/qemu-server/lock-" + vmId + ".conf' - got timeout");
        assertThat(region.pve.put(vm(vmId) + "/config", "cores", "3").status()).isEqualTo(200);
    }

    @Test
    void a_task_that_hangs_does_nothing_and_keeps_the_machines_lock() {
        int vmId = region.clonedMachine();
        String fault = region.fault("{'target': 'proxmox', 'fault': 'task_hang'}");

        Wire.Reply hanging = region.pve.post(vm(vmId) + "/status/start");
        region.delete("/faults/" + fault);
        String next = region.pve.await(region.pve.post(vm(vmId) + "/status/start"));

        assertThat(next).isEqualTo("can't lock file '/var/lock/qemu-server/lock-" + vmId + ".conf' - got timeout");
        String task = "/nodes/pve1/tasks/" + Wire.encode(hanging.text()) + "/status";
        assertThat(region.pve.get(task).data().path("status").asString()).isEqualTo("running");
        assertThat(region.running(vmId)).isFalse();
    }

    @Test
    void a_task_that_hangs_for_a_while_is_done_then() {
        int vmId = region.clonedMachine();
        region.fault("{'target': 'proxmox', 'fault': 'task_hang', 'delay_ms': 30}");

        region.pve.ok(region.pve.post(vm(vmId) + "/status/start"));

        assertThat(region.running(vmId)).isTrue();
    }

    @Test
    void only_what_starts_a_task_uses_a_task_fault_up() {
        int vmId = region.clonedMachine();
        region.fault("{'target': 'proxmox', 'fault': 'task_failure', 'times': 1}");

        assertThat(region.pve.get(vm(vmId) + "/config").status()).isEqualTo(200);
        assertThat(region.pve.put(vm(vmId) + "/config", "cores", "3").status()).isEqualTo(200);

        assertThat(region.pve.await(region.pve.post(vm(vmId) + "/status/start")))
                .startsWith("command failed");
        assertThat(region.faultsPlanned()).isZero();
    }

    @Test
    void an_empty_list_is_answered_to_who_asks_for_a_list() {
        region.fault("{'target': 'proxmox', 'fault': 'empty_list', 'times': 1}");

        assertThat(region.pve.get(TEMPLATE_CONFIG).data().has("name")).isTrue();
        Wire.Reply list = region.pve.get("/cluster/resources?type=vm");

        assertThat(list.data().isArray()).isTrue();
        assertThat(list.data()).isEmpty();
        assertThat(region.pve.get("/cluster/resources?type=vm").data()).isNotEmpty();
    }

    @Test
    void a_request_that_hangs_has_no_answer_and_no_effect() throws Exception {
        int vmId = region.clonedMachine();
        region.fault("{'target': 'proxmox', 'match': {'method': 'post'}, 'fault': 'hang'}");

        var hanging = ControlledRegion.meanwhile(() -> region.pve.post(vm(vmId) + "/status/start"));
        await().until(() ->
                region.get("/faults").json().path(0).path("happened").asInt() == 1);
        region.delete("/faults");
        region.pve.ok(region.pve.put(vm(vmId) + "/resize", "disk", "scsi0", "size", "20G"));

        assertThat(hanging).isNotDone();
        assertThat(region.running(vmId)).isFalse();
    }

    @Test
    void a_request_that_hangs_for_a_while_is_served_then() {
        region.fault("{'target': 'proxmox', 'fault': 'hang', 'delay_ms': 30}");

        assertThat(region.pve.get(TEMPLATE_CONFIG).status()).isEqualTo(200);
    }
}
