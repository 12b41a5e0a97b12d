package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.api.Answer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two operations on one node, the second while the first runs: exactly one legal outcome for every pair. */
class RacingOperationsTest {
    private OwnedNodes nodes;
    private SimulatorControl control;
    private String id;

    @BeforeEach
    void aRunningNode() throws Exception {
        nodes = OwnedNodes.ofSharedServer();
        control = new SimulatorControl(StandaloneServer.shared().runtime(), OwnedNodes.REGION);
        id = ReadyNodes.take(nodes);
    }

    @AfterEach
    void close() throws Exception {
        control.close();
        nodes.close();
    }

    @Test
    void nothingButItsDeletionOvertakesAStopThatIsAtTheMachine() throws Exception {
        // given
        slow("shutdown");
        String stop = nodes.begin(id, "stop");
        reached(stop, "shut_down");

        // then
        refuses(stop, "start", "stop", "reboot");
        isTooLateToCancel(stop);
        ends(stop, "succeeded", "stopped");
        onlyThese(stop);

        // given
        nodes.succeeds(id, "start");
        slow("shutdown");
        String second = nodes.begin(id, "stop");
        reached(second, "shut_down");

        // then
        isDeletedDespite(second);
    }

    @Test
    void nothingButItsDeletionOvertakesARebootThatIsAtTheMachine() throws Exception {
        // given
        slow("shutdown");
        String reboot = nodes.begin(id, "reboot");
        reached(reboot, "shut_down");

        // then
        refuses(reboot, "start", "stop", "reboot");
        isTooLateToCancel(reboot);
        ends(reboot, "succeeded", "running");
        onlyThese(reboot);

        // given
        slow("start");
        String second = nodes.begin(id, "reboot");
        reached(second, "boot");

        // then
        isDeletedDespite(second);
    }

    @Test
    void aStartIsCalledOffOrDeletedAndYieldsToNothingElse() throws Exception {
        // given
        nodes.succeeds(id, "stop");
        slow("start");
        String start = nodes.begin(id, "start");
        reached(start, "boot");

        // then
        refuses(start, "start", "stop", "reboot");
        nodes.cancel(start).expect("cancel", 202);
        nodes.cancel(start).expect("cancel once more", 202);
        ends(start, "cancelled", "stopped");
        assertThat(nodes.cancel(start).errorCode()).isEqualTo("INVALID_STATE");
        onlyThese(start);

        // given
        slow("start");
        String second = nodes.begin(id, "start");
        reached(second, "boot");

        // then
        isDeletedDespite(second);
    }

    @Test
    void aStopRebootOrDeletionIsCalledOffWhileWorkloadsAreMovedAway() throws Exception {
        try (var pods = Workload.movableFrom(nodes.providers().kubernetes(), id + "-k8s", "held-back")) {
            pods.hold("keep-held-back");
            for (String action : List.of("stop", "reboot", "delete")) {
                // given
                String operation = nodes.begin(id, action);
                reached(operation, "drain");

                // then
                refuses(operation, "start", "stop", "reboot");
                nodes.cancel(operation).expect("cancel", 202);
                ends(operation, "cancelled", "running");
                onlyThese(operation);
            }
        }
    }

    @Test
    void nothingOvertakesADeletionAndARepeatIsTheSame() throws Exception {
        // given
        slow("shutdown");
        String deletion = nodes.begin(id, "delete");
        reached(deletion, "halt");

        // then
        refuses(deletion, "start", "stop", "reboot");
        isTooLateToCancel(deletion);
        assertThat(nodes.begin(id, "delete")).isEqualTo(deletion);
        assertThat(nodes.begin(id, "delete?force=true")).isEqualTo(deletion);
        ends(deletion, "succeeded", "deleted");
        onlyThese(deletion);
    }

    @Test
    void aProvisioningIsCalledOffOrDeletedAndYieldsToNothingElse() throws Exception {
        // given
        String young = nodes.provision();
        String provisioning = nodes.operations(young).getFirst().path("id").asString();
        slow(allocated(provisioning), "start");
        reached(provisioning, "boot");

        // then
        for (String action : List.of("start", "stop", "reboot")) {
            assertRefused(nodes.ask(young, action), provisioning);
        }
        nodes.cancel(provisioning).expect("cancel", 202);
        assertThat(nodes.ended(provisioning).path("status").asString()).isEqualTo("cancelled");
        assertThat(nodes.status(young)).isEqualTo("error");
        assertThat(nodes.providers().machinesOf(young)).isEmpty();
        assertThat(nodes.providers().kubernetesNodesOf(young)).isEmpty();

        // when
        String retry = nodes.begin(young, "retry");
        slow(allocated(retry), "start");
        reached(retry, "boot");
        String deletion = nodes.begin(young, "delete");
        assertThat(nodes.ended(retry).path("status").asString()).isEqualTo("cancelled");
        assertThat(nodes.ended(deletion).path("status").asString()).isEqualTo("succeeded");
        nodes.fitsItsProviders(young);
        assertThat(nodes.status(young)).isEqualTo("deleted");
    }

    private void refuses(String running, String... actions) throws Exception {
        for (String action : actions) {
            assertRefused(nodes.ask(id, action), running);
        }
    }

    private static void assertRefused(Answer refused, String running) {
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorCode()).isEqualTo("OPERATION_IN_PROGRESS");
        assertThat(refused.body()
                        .path("error")
                        .path("details")
                        .path("operation_id")
                        .asString(""))
                .isEqualTo(running);
    }

    private void isTooLateToCancel(String operation) throws Exception {
        var refused = nodes.cancel(operation);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorCode()).isEqualTo("INVALID_STATE");
    }

    private void isDeletedDespite(String overtaken) throws Exception {
        String deletion = nodes.begin(id, "delete");
        assertThat(nodes.begin(id, "delete")).isEqualTo(deletion);
        assertThat(nodes.ended(overtaken).path("status").asString()).isEqualTo("cancelled");
        ends(deletion, "succeeded", "deleted");
    }

    private void ends(String operation, String how, String status) throws Exception {
        assertThat(nodes.ended(operation).path("status").asString())
                .as("%s", nodes.operation(operation))
                .isEqualTo(how);
        assertThat(nodes.status(id)).isEqualTo(status);
        nodes.fitsItsProviders(id);
    }

    /** The refused have left nothing behind: the youngest operation is the accepted one, and all have ended. */
    private void onlyThese(String youngest) throws Exception {
        var all = nodes.operations(id);
        assertThat(all.getFirst().path("id").asString()).isEqualTo(youngest);
        assertThat(all)
                .allSatisfy(operation ->
                        assertThat(operation.path("finished_at").isString()).isTrue());
    }

    /** The next call of the kind takes a while; what is asked for meanwhile is asked for in the midst of it. */
    private void slow(String call) throws Exception {
        slow(nodes.machineOf(id), call);
    }

    private void slow(int machine, String call) throws Exception {
        control.fault(("{'target': 'proxmox', 'match': {'path_regex': '/qemu/%d/status/%s$'},"
                        + " 'fault': 'task_hang', 'times': 1, 'delay_ms': 700}")
                .formatted(machine, call));
    }

    /** The number of the machine that a provisioning will make. */
    private int allocated(String provisioning) throws Exception {
        reached(provisioning, "allocate");
        String says = OwnedNodes.step(nodes.operation(provisioning), "allocate")
                .path("detail")
                .asString();
        return Integer.parseInt(says.replaceAll("\\D*(\\d+).*", "$1"));
    }

    private void reached(String operation, String step) {
        await().pollInterval(Duration.ofMillis(10))
                .until(() -> OwnedNodes.step(nodes.operation(operation), step)
                                .path("detail")
                                .asString("")
                                .length()
                        > 0);
    }
}
