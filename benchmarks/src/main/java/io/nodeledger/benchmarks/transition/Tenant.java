package io.nodeledger.benchmarks.transition;

import io.nodeledger.standalone.api.Answer;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** A workspace over REST: with the requests of a script that asks for each node, and with transitions. */
final class Tenant {
    private static final String PLAN = "plan-dedicated-2c4g";
    private static final String REGION = "us-west-2";

    private final Api api;
    private final String id;

    /** Makes the workspace. */
    Tenant(Api api, String id) throws IOException {
        this.api = api;
        this.id = id;
        String path = "/api/v1/admin/workspaces/" + id;
        api.put(path, Map.of("plan", "enterprise", "region", REGION)).expect("make " + id, 201);
        api.post(path + "/credits", Map.of("amount", 100_000)).expect("credit " + id, 200, 201);
    }

    String id() {
        return id;
    }

    /** Asks for so many nodes, each by a request of its own, all at once. */
    void askForNodes(int count) throws InterruptedException {
        atOnce(IntStream.range(0, count)
                .mapToObj(number ->
                        () -> api.post(nodes(), Map.of("name", "node-" + number, "plan_id", PLAN, "region", REGION))
                                .expect("ask for a node", 202)));
    }

    /** Asks for nodes to be deleted, each by a request of its own, all at once. */
    void deleteNodes(List<String> nodeIds) throws InterruptedException {
        atOnce(nodeIds.stream()
                .map(node -> () -> api.delete(nodes() + "/" + node).expect("delete " + node, 202)));
    }

    /** How many nodes are in this status; in any when it is empty. */
    int count(String status) throws IOException {
        String filter = status.isEmpty() ? "" : "&status=" + status;
        return api.get(nodes() + "?per_page=1" + filter)
                .expect("count nodes", 200)
                .body()
                .path("pagination")
                .path("total")
                .intValue();
    }

    /** Ids of all nodes. */
    List<String> nodeIds() throws IOException {
        return api.get(nodes() + "?per_page=100")
                .expect("list nodes", 200)
                .data()
                .valueStream()
                .map(node -> node.path("id").asString())
                .toList();
    }

    /** Begins a transition, everything at once, and returns its id. */
    String toDedicated(int nodes) throws IOException {
        return begun(api.post(
                nodes() + "/transition/dedicated",
                Map.of("node_plan", PLAN, "node_count", nodes, "migration_strategy", "all_at_once")));
    }

    /** The same back, at once and without backups. */
    String toShared() throws IOException {
        return begun(api.post(nodes() + "/transition/shared", Map.of("migration_strategy", "all_at_once")));
    }

    /** Whether the transition has completed. */
    boolean isCompleted(String transition) throws IOException {
        JsonNode seen = api.get(nodes() + "/transition/" + transition)
                .expect("read " + transition, 200)
                .data();
        String status = seen.path("status").asString();
        if (status.equals("failed") || status.equals("cancelled")) {
            throw new IllegalStateException("The transition is undone: " + seen.path("failure"));
        }
        return status.equals("completed");
    }

    /** When something happened to the transition, as the trail tells. */
    Instant when(String transition, String type) throws IOException {
        return api.get(nodes() + "/audit?limit=10&action=transition." + type)
                .expect("read the trail", 200)
                .data()
                .valueStream()
                .filter(entry -> entry.path("transition_id").asString("").equals(transition))
                .map(entry -> Instant.parse(entry.path("occurred_at").asString()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("There is no transition." + type + " of " + transition));
    }

    private String nodes() {
        return "/api/v1/workspaces/" + id + "/nodes";
    }

    private static String begun(Answer answer) {
        return answer.expect("begin a transition", 202)
                .data()
                .path("transition_id")
                .asString();
    }

    private static void atOnce(Stream<Callable<Answer>> requests) throws InterruptedException {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Answer> sent : callers.invokeAll(requests.toList())) {
                var _ = sent.get();
            }
        } catch (ExecutionException refused) {
            throw new IllegalStateException("A request failed", refused.getCause());
        }
    }
}
