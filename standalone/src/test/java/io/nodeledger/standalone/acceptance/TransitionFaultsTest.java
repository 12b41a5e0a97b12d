package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.nodeledger.standalone.StandaloneServer;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Providers that fail in the midst of a transition: it goes on once they answer again, or it is undone. */
class TransitionFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Longer than a window that is meant for one node leaves time for another one. */
    private static final int SLOW_MILLIS = 2_500;

    private static StandaloneServer server;

    private MovingWorkspace workspace;
    private SimulatorControl control;

    @BeforeAll
    static void start() {
        server = StandaloneServer.own(0.02, Map.of("nodeledger.drain.eviction-retry", "1s"));
        // As if emptying a node had taken a second of late, whatever the tests do.
        var jdbc = server.jdbc();
        IntStream.range(0, 200)
                .forEach(slot -> jdbc.sql("insert into provisioner.operation_duration (type, slot, seconds)"
                                + " values ('TRANSITION_DRAIN', ?, 1)")
                        .param(slot)
                        .update());
    }

    @AfterAll
    static void stop() throws Exception {
        server.close();
    }

    @BeforeEach
    void begin() throws Exception {
        workspace = new MovingWorkspace(server);
        control = new SimulatorControl(server.runtime(), MovingWorkspace.REGION);
        workspace.apps.start();
    }

    @AfterEach
    void end() throws Exception {
        control.close();
        workspace.close();
    }

    @Test
    void aClusterThatFallsSilentHoldsAMoveUpAndEndsNothing() throws Exception {
        // given
        String boot = control.fault(proxmox("POST", "/status/start$", "'fault': 'partition'"));
        String looks = refused("GET", "/namespaces/" + workspace.id + "$");
        String evictions = refusedAfterALostReply();
        String there = MovingWorkspace.id(workspace.toDedicated("rolling", 2));
        List<String> nodes = MovingWorkspace.nodesOf(workspace.transition(there));
        String lateBoot = letAllBootBut(nodes.getLast(), boot);

        // when
        fallsSilent(there, "prepare", looks, "partition");
        fallsSilent(there, "migrate", evictions, "status");
        await().atMost(PATIENCE).until(() -> haveAllMoved(there));
        fallsSilent(there, "migrate", refused("GET", "/namespaces/" + workspace.id + "$"), "hang");
        String handover = refused("GET", looksAtOurNodes());
        control.remove(lateBoot);
        fallsSilent(there, "give_back", handover, "partition");

        // then
        workspace.reached(there, "completed");
        runsOn(inKubernetes(nodes), "dedicated");

        // given
        String cordons = refused("GET", looksAtOurNodes());
        String evictionsBack = refusedAfterALostReply();
        String back = MovingWorkspace.id(workspace.toShared("rolling", Map.of()));

        // when
        fallsSilent(back, "migrate", cordons, "status");
        await().atMost(PATIENCE).until(() -> control.happened(evictionsBack) > 0);
        String deletions = refused("GET", "/nodes/[^/]+-k8s$");
        fallsSilent(back, "migrate", evictionsBack, "partition");
        fallsSilent(back, "delete", deletions, "partition");

        // then
        workspace.reached(back, "completed");
        workspace.areGone(nodes);
        assertThat(workspace.places()).doesNotContainAnyElementsOf(inKubernetes(nodes));
        runsOn(workspace.places(), "shared");
    }

    @Test
    void aMoveThatIsCalledOffIsUndoneThroughSilence() throws Exception {
        // given
        Set<String> shared = workspace.places();
        String held = heldBackAfterTheFirst();
        String there = MovingWorkspace.id(workspace.toDedicated("blue_green", 1));

        // when
        callOffInSilence(there, held);

        // then
        var undone = workspace.reached(there, "cancelled");
        workspace.areGone(MovingWorkspace.nodesOf(undone));
        runsOn(shared, "shared");

        // given
        List<String> nodes = workspace.onDedicatedNodes(1);
        held = heldBackAfterTheFirst();
        String back = MovingWorkspace.id(workspace.toShared("blue_green", Map.of()));

        // when
        callOffInSilence(back, held);

        // then
        workspace.reached(back, "cancelled");
        runsOn(inKubernetes(nodes), "dedicated");
        assertThat(workspace.providers.isOpen(nodes.getFirst())).isTrue();
    }

    @Test
    void aNodeThatIsNeverMadeUndoesWhatTheOthersHaveBegun() throws Exception {
        // given
        Set<String> shared = workspace.places();
        control.fault(proxmox("POST", "/clone$", "'fault': 'hang', 'delay_ms': 1, 'times': 2"));
        String unreachable = control.fault(proxmox("POST", "/clone$", "'fault': 'partition'"));
        String held = heldBackAfterTheFirst();
        String transition = MovingWorkspace.id(workspace.toDedicated("rolling", 3));
        await().atMost(PATIENCE).until(() -> nodesAt(transition, "ready").size() == 2 && control.happened(held) > 0);
        Set<String> made = nodesAt(transition, "ready");

        // when
        control.fault(proxmox("POST", "/clone$", "'fault': 'denied'"));
        control.remove(unreachable);

        // then
        await().atMost(PATIENCE)
                .until(() ->
                        workspace.transition(transition).path("rolling_back").asBoolean());
        control.remove(held);
        var failed = workspace.reached(transition, "failed");
        assertThat(failed.path("failure").path("code").asString()).isEqualTo("PROVISIONING_FAILED");
        workspace.areGone(MovingWorkspace.nodesOf(failed));
        runsOn(shared, "shared");
        arePaidFor(made);
    }

    @Test
    void machinesThatCanNotBeRemovedAfterTheSwitchAreToldOfAndTriedAgain() throws Exception {
        // given
        List<String> nodes = workspace.onDedicatedNodes(2);
        String stuck = nodes.getFirst();
        String denied = control.fault(proxmox("DELETE", machine(stuck) + "$", "'fault': 'denied'"));
        control.fault(proxmox("DELETE", machine(nodes.getLast()) + "$", "'fault': 'task_failure', 'times': 2"));

        // when
        String transition = MovingWorkspace.id(workspace.toShared("all_at_once", Map.of()));

        // then
        var asked = await().atMost(PATIENCE)
                .until(
                        () -> workspace.transition(transition),
                        now -> now.path("waiting_for").path("needs_attention").asBoolean()
                                && nodesAt(now, "removed").size() == 1);
        assertThat(asked.path("waiting_for").path("stage").asString()).isEqualTo("delete");
        assertThat(asked.path("waiting_for").path("reason").asString()).contains(stuck);
        assertThat(workspace.providers.machinesOf(stuck)).hasSize(1);
        assertThat(workspace.placement()).isEqualTo("shared");
        await().atMost(PATIENCE).until(() -> deletions(stuck).size() > 1);
        assertThat(deletions(stuck)).as("not one after the other at once").hasSizeLessThan(5);

        // when
        control.remove(denied);

        // then
        workspace.reached(transition, "completed");
        workspace.areGone(nodes);
        runsOn(workspace.places(), "shared");
    }

    @Test
    void eachWindowLetsOneNodeGoAndNoneByHalf() throws Exception {
        // given
        List<String> nodes = workspace.onDedicatedNodes(3);
        Map<String, Set<String>> pods = podsByNode();
        slowEviction();
        var wish = Map.<String, Object>of("maintenance_window", MovingWorkspace.window(45, 3));
        String transition = MovingWorkspace.id(await().atMost(Duration.ofSeconds(40))
                .until(() -> workspace.toShared("rolling", wish), answer -> answer.status() == 202));
        int gone = 0;
        int windows = 0;

        while (!workspace.transition(transition).has("ended_at")) {
            // when
            passWindow(transition);
            windows++;

            // then
            var now = workspace.transition(transition);
            if (now.path("stage").asString().equals("await_window")) {
                Set<String> drained = nodesAt(transition, "drained");
                assertThat(drained.size() - gone).isBetween(0, 1);
                gone = drained.size();
                var left = podsByNode();
                for (String node : nodes) {
                    String name = node + "-k8s";
                    assertThat(left.getOrDefault(name, Set.of()))
                            .isEqualTo(drained.contains(node) ? Set.of() : pods.getOrDefault(name, Set.of()));
                }
                assertThat(workspace.apps.areWhole()).isTrue();
                slowEviction();
            } else {
                workspace.reached(transition, "completed");
            }
        }
        assertThat(windows).isGreaterThanOrEqualTo(nodes.size());
        workspace.areGone(nodes);
        runsOn(workspace.places(), "shared");
    }

    /** Sets a window and waits until it is over for the transition: it is paused again, or needs no window any more. */
    private void passWindow(String transition) throws IOException {
        String before = workspace.transition(transition).path("paused_until").asString("");
        var window = MovingWorkspace.window(1, 3);
        workspace
                .api()
                .call(
                        "PATCH",
                        workspace.nodesPath() + "/transition/" + transition,
                        Map.of(),
                        Map.of("maintenance_window", window))
                .expect("set a window", 200);
        Instant missed = Instant.parse(String.valueOf(window.get("end"))).plusSeconds(1);
        await().atMost(PATIENCE).until(() -> {
            var now = workspace.transition(transition);
            String paused = now.path("paused_until").asString("");
            boolean waits = now.path("stage").asString().equals("await_window");
            return waits
                    ? !paused.equals(before) || Instant.now().isAfter(missed)
                    : workspace.placement().equals("shared");
        });
    }

    private void slowEviction() throws Exception {
        control.fault(kubernetes("POST", "/eviction$", "'fault': 'hang', 'times': 1, 'delay_ms': " + SLOW_MILLIS));
    }

    /** The cluster answers nothing from the moment at which the transition meets what is in its way, until it has asked again. */
    private void fallsSilent(String transition, String stage, String inTheWay, String fault) throws Exception {
        await().atMost(PATIENCE).until(() -> control.happened(inTheWay) > 0 && isAt(transition, stage));
        // The product's own calls to it are counted.
        String ours = control.fault(kubernetes(
                "/nodes/[^/]+-k8s$|/namespaces(/%s(/(?!poddisruptionbudgets)[^?]*)?)?(\\\\?|$)|%s"
                        .formatted(workspace.id, looksAtOurNodes()),
                "'fault': '" + fault + "'"));
        // Kubelets live on, and somebody watches the budgets.
        String all = control.fault(kubernetes("^(?!.*(/leases/|/poddisruptionbudgets))", "'fault': '" + fault + "'"));
        control.remove(inTheWay);
        await().atMost(PATIENCE).until(() -> control.happened(ours) > 0);
        assertThat(isAt(transition, stage)).isTrue();
        control.remove(ours);
        control.remove(all);
    }

    private void callOffInSilence(String transition, String held) throws Exception {
        await().atMost(PATIENCE).until(() -> control.happened(held) > 0);
        String wayBack = refused("GET", looksAtOurNodes());
        workspace
                .api()
                .post(workspace.nodesPath() + "/transition/" + transition + "/cancel", Map.of())
                .expect("call it off", 202);
        control.remove(held);
        fallsSilent(transition, "move_back", wayBack, "status");
    }

    /** Cluster calls to which there is no answer. */
    private String refused(String method, String path) throws Exception {
        return control.fault(kubernetes(method, path, "'fault': 'partition'"));
    }

    /** What the transition asks before it closes or opens nodes, and nobody else. */
    private String looksAtOurNodes() {
        return "/nodes\\\\?.*workspace=" + workspace.id + "(,|&|$)";
    }

    private String refusedAfterALostReply() throws Exception {
        control.fault(kubernetes("POST", "/eviction$", "'fault': 'lost_reply', 'times': 1"));
        return refused("POST", "/eviction$");
    }

    private String heldBackAfterTheFirst() throws Exception {
        control.fault(kubernetes("POST", "/eviction$", "'fault': 'hang', 'delay_ms': 1, 'times': 1"));
        return control.fault(kubernetes("POST", "/eviction$", "'fault': 'status', 'status': 429"));
    }

    /** Answers what holds the last one's boot back. */
    private String letAllBootBut(String last, String held) throws Exception {
        await().atMost(PATIENCE)
                .until(() -> workspace.providers.machineIdsOf(last).size() == 1);
        String late = control.fault(proxmox("POST", machine(last) + "/status/start$", "'fault': 'partition'"));
        control.remove(held);
        return late;
    }

    private String machine(String node) throws Exception {
        return "/qemu/" + workspace.providers.machineIdsOf(node).getFirst();
    }

    private boolean isAt(String transition, String stage) throws IOException {
        return workspace.transition(transition).path("stage").asString("").equals(stage);
    }

    private boolean haveAllMoved(String transition) throws IOException {
        return workspace
                .transition(transition)
                .path("workloads")
                .valueStream()
                .allMatch(workload ->
                        workload.path("ready").asInt() == workload.path("pods").asInt());
    }

    private Set<String> nodesAt(String transition, String progress) throws IOException {
        return nodesAt(workspace.transition(transition), progress);
    }

    private static Set<String> nodesAt(JsonNode transition, String progress) {
        return transition
                .path("nodes")
                .valueStream()
                .filter(node -> node.path("progress").asString().equals(progress))
                .map(node -> node.path("node_id").asString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<JsonNode> deletions(String node) throws IOException {
        return workspace
                .api()
                .get(workspace.nodesPath() + "/" + node + "/operations")
                .expect("read operations", 200)
                .data()
                .valueStream()
                .filter(operation -> operation.path("type").asString().equals("delete"))
                .toList();
    }

    private Map<String, Set<String>> podsByNode() {
        return workspace.apps.pods().stream()
                .collect(Collectors.groupingBy(
                        pod -> pod.getSpec().getNodeName(),
                        Collectors.mapping((Pod pod) -> pod.getMetadata().getName(), Collectors.toSet())));
    }

    /** The workspace pays for the time in which these nodes were there, and nothing is held for others. */
    private void arePaidFor(Set<String> made) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var credits = workspace
                    .api()
                    .get(workspace.nodesPath() + "/credits")
                    .expect("read credits", 200)
                    .data();
            assertThat(credits.path("held").decimalValue()).isZero();
            assertThat(credits.path("available").decimalValue())
                    .isBetween(new BigDecimal("9999.99"), new BigDecimal(10_000));
            var lines = workspace
                    .api()
                    .get(workspace.nodesPath() + "/costs/lines")
                    .expect("read costs", 200)
                    .data();
            assertThat(lines.valueStream().map(line -> line.path("node_id").asString()))
                    .containsExactlyInAnyOrderElementsOf(made);
            assertThat(lines.valueStream()).allMatch(line -> line.has("ended_at"));
        });
    }

    private void runsOn(Set<String> places, String placement) throws Exception {
        assertThat(workspace.apps.areWhole()).isTrue();
        assertThat(places).containsAll(workspace.places());
        assertThat(workspace.placement()).isEqualTo(placement);
        workspace.apps.keptTheirBudgets();
    }

    private static Set<String> inKubernetes(List<String> nodes) {
        return nodes.stream().map(node -> node + "-k8s").collect(Collectors.toSet());
    }

    private static String kubernetes(String method, String path, String fault) {
        return fault("kubernetes", "'method': '%s', 'path_regex': '%s'".formatted(method, path), fault);
    }

    private static String kubernetes(String path, String fault) {
        return fault("kubernetes", "'path_regex': '%s'".formatted(path), fault);
    }

    private static String proxmox(String method, String path, String fault) {
        return fault("proxmox", "'method': '%s', 'path_regex': '%s'".formatted(method, path), fault);
    }

    private static String fault(String target, String match, String fault) {
        return "{'target': '%s', 'match': {%s}, %s}".formatted(target, match, fault);
    }
}
