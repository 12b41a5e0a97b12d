package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.api.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What went wrong for the users of other systems when nodes were stopped and deleted (source: reliability, cases). */
class PowerCasesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Pods that go are gone within it on a busy machine, too. */
    private static final Duration DRAIN = Duration.ofSeconds(7);

    private static final StandaloneServer SERVER = StandaloneServer.shared();

    private final List<Workload> workloads = new ArrayList<>();
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
        workloads.forEach(Workload::close);
        nodes.close();
    }

    @Test
    void case04StopAndDestroyThatRaceForTheLockWaitAndRetryAndLeaveNothing() throws Exception {
        // given
        String locked =
                control.fault("{'target': 'proxmox', 'match': {'path_regex': '/qemu/%d/status/(shutdown|stop)$'},"
                                .formatted(nodes.machineOf(id))
                        + " 'fault': 'lock'}");
        String stop = nodes.begin(id, "stop");
        await().atMost(PATIENCE).until(() -> detail(stop, "shut_down").contains("can't lock file"));

        // when
        String deletion = nodes.begin(id, "delete");
        await().atMost(PATIENCE).until(() -> detail(deletion, "halt").contains("can't lock file"));
        control.remove(locked);

        // then
        assertThat(nodes.ended(deletion).path("status").asString()).isEqualTo("succeeded");
        assertThat(nodes.ended(stop).path("status").asString()).isEqualTo("cancelled");
        nodes.fitsItsProviders(id);
        assertThat(nodes.status(id)).isEqualTo("deleted");
    }

    @Test
    void case14ADisruptionBudgetThatBlocksTheDrainIsNamedWhileItWaitsAndAfterTheTimeOut() throws Exception {
        var pods = movable("case14");
        pods.hold("keep-case14");
        for (String action : List.of("stop?drain_timeout=8", "reboot?drain_timeout=8", "delete?drain_timeout=8")) {
            // when
            String operation = nodes.begin(id, action);

            // then
            var waiting = await().atMost(PATIENCE)
                    .until(
                            () -> nodes.operation(operation),
                            now -> detail(now, "drain").contains("budget keep-case14"));
            assertThat(waiting.path("status").asString()).isEqualTo("running");
            assertThat(detail(waiting, "drain")).contains("default/case14-");
            var ended = nodes.ended(operation);
            assertThat(ended.path("status").asString()).isEqualTo("failed");
            assertThat(ended.path("error").path("code").asString()).isEqualTo("DRAIN_TIMEOUT");
            assertThat(ended.path("error").path("message").asString())
                    .contains("default/case14-", "budget keep-case14");
            assertThat(nodes.status(id)).as("after %s", action).isEqualTo("running");
            nodes.fitsItsProviders(id);
            assertThat(pods.on(id + "-k8s")).isOne();
        }
    }

    @Test
    void case15AnUnreachableNodeWithADisruptionBudgetIsDeleted() throws Exception {
        // given
        var pods = movable("case15");
        pods.hold("keep-case15");
        assertThat(control.silence(id + "-k8s")).isTrue();
        await().atMost(PATIENCE).until(() -> !isReady());

        // when
        var ended = nodes.ended(nodes.begin(id, "delete?drain_timeout=1"));

        // then
        assertThat(ended.path("status").asString()).as("%s", ended).isEqualTo("succeeded");
        nodes.fitsItsProviders(id);
        assertThat(pods.on(id + "-k8s")).isZero();
    }

    @Test
    void case16ThatThereIsNowhereToEvictToIsSaidAtOnce() throws Exception {
        // given
        workloads.add(Workload.onlyOn(nodes.providers().kubernetes(), id + "-k8s", "case16"));
        for (String action : List.of("stop?drain_timeout=3600", "delete?drain_timeout=3600")) {
            // when
            var ended = nodes.ended(nodes.begin(id, action));

            // then
            assertThat(ended.path("error").path("code").asString()).isEqualTo("DRAIN_BLOCKED");
            assertThat(ended.path("error").path("message").asString())
                    .contains("default/case16-", "has nowhere to go", "does not match its node selector");
            assertThat(nodes.status(id)).isEqualTo("running");
            nodes.fitsItsProviders(id);
        }
    }

    /** The cordon alone takes longer than the drain may; then the drain has all of its time. */
    @Test
    void case17EachStepHasItsOwnClock() throws Exception {
        // given
        var pods = movable("case17");
        String failing = control.fault("{'target': 'kubernetes', 'fault': 'status', 'status': 500,"
                + " 'match': {'path_regex': '^/api/v1/nodes/%s-k8s$'}}".formatted(id));

        // when
        String deletion = nodes.begin(id, "delete?drain_timeout=" + DRAIN.toSeconds());
        Instant over = Instant.now().plus(DRAIN);
        await().atMost(PATIENCE).until(() -> Instant.now().isAfter(over));
        control.remove(failing);

        // then
        var ended = nodes.ended(deletion);
        assertThat(ended.path("status").asString()).as("%s", ended).isEqualTo("succeeded");
        var began = Instant.parse(ended.path("started_at").asString());
        var drained =
                Instant.parse(OwnedNodes.step(ended, "drain").path("started_at").asString());
        assertThat(Duration.between(began, drained)).isGreaterThan(DRAIN);
        assertThat(OwnedNodes.step(ended, "drain").path("detail").asString()).isEqualTo("drained");
        assertThat(pods.on(id + "-k8s")).isZero();
    }

    @Test
    void case21ASecondActionOnABusyNodeIsToldOfTheRunningOperation() throws Exception {
        // given
        movable("case21").hold("keep-case21");
        String running = nodes.begin(id, "stop?drain_timeout=600");

        for (String action : List.of("start", "stop", "reboot", "stop?force=true")) {
            // when
            var refused = nodes.ask(id, action);

            // then
            assertBusy(refused, running);
        }
        assertBusy(nodes.api().call("PATCH", nodes.path(id), Map.of(), Map.of("labels", Map.of("a", "b"))), running);
        nodes.cancel(running).expect("cancel", 202);
        assertThat(nodes.ended(running).path("status").asString()).isEqualTo("cancelled");
        nodes.fitsItsProviders(id);
        assertThat(nodes.status(id)).isEqualTo("running");
    }

    private static void assertBusy(Answer refused, String running) {
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.errorCode()).isEqualTo("OPERATION_IN_PROGRESS");
        assertThat(refused.body()
                        .path("error")
                        .path("details")
                        .path("operation_id")
                        .asString(""))
                .isEqualTo(running);
        assertThat(refused.headers().firstValueAsLong("Retry-After").orElse(0)).isPositive();
    }

    private Workload movable(String name) {
        var pods = Workload.movableFrom(nodes.providers().kubernetes(), id + "-k8s", name);
        workloads.add(pods);
        return pods;
    }

    private boolean isReady() {
        return nodes.providers().kubernetesNodeOf(id).orElseThrow().getStatus().getConditions().stream()
                .anyMatch(condition -> condition.getType().equals("Ready")
                        && condition.getStatus().equals("True"));
    }

    private String detail(String operation, String step) throws Exception {
        return detail(nodes.operation(operation), step);
    }

    private static String detail(JsonNode operation, String step) {
        return OwnedNodes.step(operation, step).path("detail").asString("");
    }
}
