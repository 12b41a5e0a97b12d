package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Providers that fail in the midst of a transition: it goes on once they answer again, or it is undone. */
class TransitionFaultsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    /** Longer than a window that is meant for one node. */
    private static final int SLOW_MILLIS = 3_500;

    @RegisterExtension
    static final TransitionServer SERVER = TransitionServer.with(Map.of("nodeledger.drain.eviction-retry", "1s"));

    private final MovingWorkspace workspace = SERVER.workspace();
    private final SimulatorControl control = SERVER.control();

    @BeforeEach
    void begin() {
        SERVER.asIfEmptyingANodeTook(1);
        workspace.apps.start();
    }

    @Test
    void aNodeThatIsNeverMadeUndoesWhatTheOthersHaveBegun() throws Exception {
        // given
        Set<String> shared = workspace.places();
        control.inProxmox("POST", "/clone$", "'fault': 'hang', 'delay_ms': 1, 'times': 2");
        String unreachable = control.inProxmox("POST", "/clone$", "'fault': 'partition'");
        String held = heldBackAfterTheFirst();
        String transition = MovingWorkspace.id(workspace.toDedicated("rolling", 3));
        await().atMost(PATIENCE).until(() -> nodesAt(transition, "ready").size() == 2 && control.happened(held) > 0);
        Set<String> made = nodesAt(transition, "ready");

        // when
        control.inProxmox("POST", "/clone$", "'fault': 'denied'");
        control.remove(unreachable);

        // then
        await().atMost(PATIENCE)
                .until(() ->
                        workspace.transition(transition).path("rolling_back").asBoolean());
        control.remove(held);
        var failed = workspace.reached(transition, "failed");
        assertThat(failed.path("failure").path("code").asString()).isEqualTo("PROVISIONING_FAILED");
        workspace.areGone(MovingWorkspace.nodesOf(failed));
        workspace.runsOn(shared, "shared");
        workspace.hasPaidFor(made);
    }

    @Test
    void machinesThatCanNotBeRemovedAfterTheSwitchAreToldOfAndTriedAgain() throws Exception {
        // given
        List<String> nodes = workspace.onDedicatedNodes(2);
        String stuck = nodes.getFirst();
        String denied = control.inProxmox("DELETE", machine(stuck) + "$", "'fault': 'denied'");
        control.inProxmox("DELETE", machine(nodes.getLast()) + "$", "'fault': 'task_failure', 'times': 2");

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
        workspace.isPlaced("shared");
        await().atMost(PATIENCE).until(() -> deletions(stuck).size() > 1);
        assertThat(deletions(stuck)).as("not one after the other at once").hasSizeLessThan(5);

        // when
        control.remove(denied);

        // then
        workspace.reached(transition, "completed");
        workspace.areGone(nodes);
        workspace.runsOn(workspace.places(), "shared");
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
        workspace.runsOn(workspace.places(), "shared");
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
        control.inKubernetes("POST", "/eviction$", "'fault': 'hang', 'times': 1, 'delay_ms': " + SLOW_MILLIS);
    }

    private String heldBackAfterTheFirst() throws Exception {
        control.inKubernetes("POST", "/eviction$", "'fault': 'hang', 'delay_ms': 1, 'times': 1");
        return control.inKubernetes("POST", "/eviction$", "'fault': 'status', 'status': 429");
    }

    private String machine(String node) throws Exception {
        return "/qemu/" + workspace.providers.machineIdsOf(node).getFirst();
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
}
