package io.nodeledger.query.audit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceChanged;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import io.nodeledger.query.projection.ProjectionRebuild;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** History outlives node and workspace. */
class OutlivingHistoryTest {
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";
    private static final List<String> PATHS =
            List.of("/node-1/audit?include=steps", "/node-1/explain", "/node-1/operations", "/audit?include=steps");

    @Test
    void
            all_of_it_is_there_when_the_node_is_gone_its_name_is_anothers_the_workspace_is_closed_and_all_tables_are_new() {
        try (var server = new QueryServer()) {
            // given
            server.append(Workspaces.registered("ws-123"));
            var history = History.of("node-1").provision().succeed();
            server.append(history);
            server.get(NODES + "/node-1/audit", server.token("ws-123", "viewer"));
            await().until(() -> told(server, "/node-1/audit").contains("access.denied"));
            var lived = told(server, "/node-1/audit?include=steps");
            int told = history.events().size();
            history.delete(NodeStatus.RUNNING).gone();

            // when
            server.append(
                    List.copyOf(history.events().subList(told, history.events().size())));
            server.append(new History("node-2", "ws-123", "prod-node-1", Instant.parse("2024-01-21T10:00:00Z"))
                    .provision()
                    .cancelled()
                    .delete(NodeStatus.PROVISIONING)
                    .gone());
            server.append(List.of(new WorkspaceChanged(
                    "ws-123",
                    WorkspacePlan.FREE,
                    0,
                    "us-west-2",
                    "ns-ws-123",
                    true,
                    Instant.parse("2024-01-22T10:00:00Z"))));
            var answers = answers(server);
            Stream.of("nodes", "workspaces", "webhooks", "transitions", "costs")
                    .forEach(model -> rebuilt(server, model));

            // then
            assertThat(server.get(NODES).body().at("/pagination/total").asInt()).isZero();
            assertThat(answers(server)).isEqualTo(answers);
            assertThat(told(server, "/node-1/audit?include=steps"))
                    .containsSubsequence(lived)
                    .contains("node.deletion_started")
                    .endsWith("node.deleted");
            assertThat(told(server, "/audit")).contains("access.denied").endsWith("workspace.suspended");
            assertThat(server.all(NODES + "/node-1/explain")).hasSize(2);
        }
    }

    private static List<List<JsonNode>> answers(QueryServer server) {
        return PATHS.stream().map(path -> server.all(NODES + path)).toList();
    }

    private static void rebuilt(QueryServer server, String model) {
        var rebuild = server.bean(ProjectionRebuild.class);
        rebuild.start(model);
        await().atMost(20, SECONDS)
                .until(() -> !rebuild.status(model).orElseThrow().isRebuilding());
    }

    private static List<String> told(QueryServer server, String path) {
        return server.all(NODES + path).stream()
                .map(entry -> entry.get("type").asString())
                .toList();
    }
}
