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
    private static final StandaloneServer SERVER = StandaloneServer.shared();
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Where no other class of tests has nodes while this one runs. */
    private static final String ELSEWHERE = "us-east-1";
    /** The machine's task begins, takes a moment and fails in a way that has it tried again. */
    private static final String HOLD = "'fault': 'lock', 'delay_ms': 700";

    private OwnedNodes nodes;
    private SimulatorControl control;
    private String id;

    @BeforeEach
    void aRunningNode() throws Exception {
        nodes = OwnedNodes.ofSharedServer();
        control = new SimulatorControl(SERVER.runtime(), OwnedNodes.REGION);
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
        String held = hold("shutdown");
        String stop = nodes.begin(id, "stop");
        reached(stop, "shut_down");

        // then
        refuses(stop, "start", "stop", "reboot");
        isTooLateToCancel(stop);
        control.remove(held);
        ends(stop, "succeeded", "stopped");
        onlyThese(stop);

        // given
        nodes.succeeds(id, "start");
        held = hold("shutdown");
        String second = nodes.begin(id, "stop");
        reached(second, "shut_down");

        // then
        isDeletedDespite(second, held);
    }

    @Test
    void nothingButItsDeletionOvertakesARebootThatIsAtTheMachine() throws Exception {
        // given
        String held = hold("shutdown");
        String reboot = nodes.begin(id, "reboot");
        reached(reboot, "shut_down");

        // then
        refuses(reboot, "start", "stop", "reboot");
        isTooLateToCancel(reboot);
        control.remove(held);
        ends(reboot, "succeeded", "running");
        onlyThese(reboot);

        // given
        held = hold("start");
        String second = nodes.begin(id, "reboot");
        reached(second, "boot");

        // then
        isDeletedDespite(second, held);
    }

    @Test
    void aStartIsCalledOffOrDeletedAndYieldsToNothingElse() throws Exception {
        // given
        nodes.succeeds(id, "stop");
        slowStart();
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
        String held = hold("start");
        String second = nodes.begin(id, "start");
        reached(second, "boot");

        // then
        isDeletedDespite(second, held);
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
        String held = hold("(shutdown|stop)");
        String deletion = nodes.begin(id, "delete");
        reached(deletion, "halt");

        // then
        refuses(deletion, "start", "stop", "reboot");
        isTooLateToCancel(deletion);
        assertThat(nodes.begin(id, "delete")).isEqualTo(deletion);
        assertThat(nodes.begin(id, "delete?force=true")).isEqualTo(deletion);
        control.remove(held);
        ends(deletion, "succeeded", "deleted");
        onlyThese(deletion);
    }

    @Test
    void aProvisioningIsCalledOffOrDeletedAndYieldsToNothingElse() throws Exception {
        try (var elsewhere = new SimulatorControl(SERVER.runtime(), ELSEWHERE);
                var providers = new Providers(SERVER.runtime(), ELSEWHERE)) {
            // given
            elsewhere.inProxmox("POST", "/status/start$", HOLD);
            String young = OwnedNodes.idOf(nodes.provision(OwnedNodes.body().put("region", ELSEWHERE)));
            String provisioning = nodes.operations(young).getFirst().path("id").asString();
            reached(provisioning, "boot");

            // then
            for (String action : List.of("start", "stop", "reboot")) {
                assertRefused(nodes.ask(young, action), provisioning);
            }
            nodes.cancel(provisioning).expect("cancel", 202);
            assertThat(nodes.ended(provisioning).path("status").asString()).isEqualTo("cancelled");
            assertThat(nodes.status(young)).isEqualTo("error");
            assertThat(providers.machinesOf(young)).isEmpty();
            assertThat(providers.kubernetesNodesOf(young)).isEmpty();

            // when
            String retry = nodes.begin(young, "retry");
            reached(retry, "boot");
            String deletion = nodes.begin(young, "delete");
            assertThat(nodes.ended(retry).path("status").asString()).isEqualTo("cancelled");
            assertThat(nodes.ended(deletion).path("status").asString()).isEqualTo("succeeded");
            assertThat(nodes.status(young)).isEqualTo("deleted");
            assertThat(providers.machinesOf(young)).isEmpty();
            assertThat(providers.kubernetesNodesOf(young)).isEmpty();
        }
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

    private void isDeletedDespite(String overtaken, String held) throws Exception {
        String deletion = nodes.begin(id, "delete");
        assertThat(nodes.begin(id, "delete")).isEqualTo(deletion);
        control.remove(held);
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

    /** Calls of the kind get nowhere until this is removed; what is asked for meanwhile is asked for in the midst of one. */
    private String hold(String call) throws Exception {
        return control.inProxmox("POST", status(call), HOLD);
    }

    /** The next start takes so long that what is asked for meanwhile finds it at work, and then it succeeds. */
    private void slowStart() throws Exception {
        control.inProxmox("POST", status("start"), "'fault': 'task_hang', 'times': 1, 'delay_ms': 7000");
    }

    private String status(String call) throws Exception {
        return "/qemu/%d/status/%s$".formatted(nodes.machineOf(id), call);
    }

    private void reached(String operation, String step) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(10))
                .until(() -> OwnedNodes.step(nodes.operation(operation), step)
                                .path("detail")
                                .asString("")
                                .length()
                        > 0);
    }
}
