package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.api.Answer;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.databind.JsonNode;

/** A workspace with a namespace and credits of its own, as it moves between shared and dedicated nodes. */
final class MovingWorkspace implements AutoCloseable {
    static final String REGION = OwnedNodes.REGION;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Set<String> ENDS = Set.of("completed", "failed", "cancelled");
    private static final AtomicInteger MADE = new AtomicInteger();

    final String id = "ws-moving-" + MADE.incrementAndGet();
    final Providers providers;
    final TenantApps apps;
    private final Api api;

    MovingWorkspace(StandaloneServer server) throws IOException {
        providers = new Providers(server.runtime(), REGION);
        providers
                .kubernetes()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(id)
                        .endMetadata()
                        .build())
                .create();
        try (var operator = server.asOperator()) {
            String path = "/api/v1/admin/workspaces/" + id;
            operator.put(path, Map.of("plan", "enterprise", "region", REGION)).expect("make " + id, 201);
            operator.post(path + "/credits", Map.of("amount", 10_000)).expect("credit " + id, 200, 201);
        }
        api = server.as(id, "admin");
        apps = new TenantApps(providers.kubernetes(), id);
    }

    KubernetesClient kubernetes() {
        return providers.kubernetes();
    }

    Api api() {
        return api;
    }

    String nodesPath() {
        return "/api/v1/workspaces/" + id + "/nodes";
    }

    Answer toDedicated(String strategy, int nodes) throws IOException {
        return api.post(
                nodesPath() + "/transition/dedicated",
                Map.of("node_plan", "plan-dedicated-4c8g", "node_count", nodes, "migration_strategy", strategy));
    }

    Answer toShared(String strategy, Map<String, Object> more) throws IOException {
        var body = new HashMap<String, Object>(more);
        body.put("migration_strategy", strategy);
        return api.post(nodesPath() + "/transition/shared", body);
    }

    /** A window that opens in so many seconds and stays open for an hour. */
    static Map<String, Object> window(long inSeconds) {
        return window(inSeconds, 3_600);
    }

    static Map<String, Object> window(long inSeconds, long seconds) {
        Instant start = Instant.now().plusSeconds(inSeconds).truncatedTo(ChronoUnit.MILLIS);
        return Map.of(
                "start", start.toString(), "end", start.plusSeconds(seconds).toString());
    }

    JsonNode transition(String transitionId) throws IOException {
        return api.get(nodesPath() + "/transition/" + transitionId)
                .expect("read " + transitionId, 200)
                .data();
    }

    /** The transition once it has that status. */
    JsonNode reached(String transitionId, String status) {
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> hasReached(transitionId, status));
            return transition(transitionId);
        } catch (ConditionTimeoutException stuck) {
            throw new AssertionError("It does not get to '" + status + "': " + now(transitionId), stuck);
        } catch (IOException silent) {
            throw new AssertionError(silent);
        }
    }

    private boolean hasReached(String transitionId, String status) throws IOException {
        var now = transition(transitionId);
        String seen = now.path("status").asString();
        if (!seen.equals(status) && ENDS.contains(seen)) {
            throw new AssertionError("It has ended otherwise: " + now);
        }
        return seen.equals(status);
    }

    private JsonNode now(String transitionId) {
        try {
            return transition(transitionId);
        } catch (IOException silent) {
            throw new AssertionError(silent);
        }
    }

    /** A workspace on so many nodes of its own. */
    List<String> onDedicatedNodes(int nodes) throws IOException {
        String transition = id(toDedicated("all_at_once", nodes));
        return nodesOf(reached(transition, "completed"));
    }

    static String id(Answer accepted) {
        return accepted.expect("begin", 202).data().path("transition_id").asString();
    }

    static List<String> nodesOf(JsonNode transition) {
        return transition
                .path("nodes")
                .valueStream()
                .map(node -> node.path("node_id").asString())
                .toList();
    }

    /** Where the pods of the apps run: names of Kubernetes nodes. */
    Set<String> places() {
        return apps.pods().stream().map(pod -> pod.getSpec().getNodeName()).collect(Collectors.toSet());
    }

    String placement() throws IOException {
        return api.get(nodesPath() + "/credits")
                .expect("read the workspace", 200)
                .data()
                .path("placement")
                .asString();
    }

    /** Where it is placed is told of workspaces, which may be a moment later than what is told of transitions. */
    void isPlaced(String placement) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(placement()).isEqualTo(placement));
    }

    /** Nothing is left of the nodes anywhere. */
    void areGone(List<String> nodes) throws Exception {
        for (String node : nodes) {
            assertThat(providers.machinesOf(node)).isEmpty();
            assertThat(providers.kubernetesNodesOf(node)).isEmpty();
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(api.get(nodesPath() + "/" + node).status())
                                    .isEqualTo(404));
        }
    }

    boolean isAt(String transitionId, String stage) throws IOException {
        return transition(transitionId).path("stage").asString("").equals(stage);
    }

    Answer callOff(String transitionId) throws IOException {
        return api.post(nodesPath() + "/transition/" + transitionId + "/cancel", Map.of())
                .expect("call it off", 202);
    }

    /** All of it runs, nowhere but there, and no budget was broken on the way. */
    void runsOn(Set<String> places, String placement) throws Exception {
        assertThat(apps.areWhole()).isTrue();
        assertThat(places).containsAll(places());
        isPlaced(placement);
        apps.keptTheirBudgets();
    }

    /** Nothing is left that says where its pods are to go, or went before. */
    void isDirectedNowhere() {
        assertThat(annotations(kubernetes().namespaces().withName(id).get()))
                .noneMatch(key -> key.startsWith("scheduler.alpha.kubernetes.io/"))
                .noneMatch(key -> key.startsWith("nodeledger.io/former-"));
        for (DaemonSet set :
                kubernetes().apps().daemonSets().inNamespace(id).list().getItems()) {
            assertThat(annotations(set)).noneMatch(key -> key.startsWith("nodeledger.io/former-"));
            assertThat(set.getSpec().getTemplate().getSpec().getNodeSelector()).isNullOrEmpty();
        }
    }

    private static Set<String> annotations(HasMetadata object) {
        var annotations = object.getMetadata().getAnnotations();
        return annotations == null ? Set.of() : annotations.keySet();
    }

    /** It pays for the time in which these nodes were there, and nothing is held for any. */
    void hasPaidFor(Set<String> made) {
        await().atMost(PATIENCE).untilAsserted(() -> {
            var credits = api.get(nodesPath() + "/credits")
                    .expect("read credits", 200)
                    .data();
            assertThat(credits.path("held").decimalValue()).isZero();
            assertThat(credits.path("available").decimalValue())
                    .isBetween(new BigDecimal("9999.99"), new BigDecimal(10_000));
            var lines = api.get(nodesPath() + "/costs/lines")
                    .expect("read costs", 200)
                    .data();
            assertThat(lines.valueStream().map(line -> line.path("node_id").asString()))
                    .containsExactlyInAnyOrderElementsOf(made);
            assertThat(lines.valueStream()).allMatch(line -> line.has("ended_at"));
        });
    }

    /** The names that Kubernetes has for nodes. */
    static Set<String> inKubernetes(Collection<String> nodes) {
        return nodes.stream().map(node -> node + "-k8s").collect(Collectors.toSet());
    }

    static boolean isReady(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    @Override
    public void close() {
        apps.close();
        kubernetes().namespaces().withName(id).delete();
        providers.close();
        api.close();
    }
}
