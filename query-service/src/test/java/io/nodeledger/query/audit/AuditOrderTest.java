package io.nodeledger.query.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class AuditOrderTest {
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";

    @Test
    void the_workspaces_audit_shows_nothing_behind_which_something_can_still_turn_up() {
        try (var server = new QueryServer()) {
            server.append(Workspaces.registered("ws-123"));
            server.append(started("node-1"));
            var transaction = new TransactionTemplate(server.bean(PlatformTransactionManager.class));

            transaction.executeWithoutResult(_ -> {
                server.appendUnseen(started("node-2").events(), Map.of());
                CompletableFuture.runAsync(() -> server.append(started("node-3")))
                        .join();

                assertThat(nodes(server, "/audit")).containsExactly("node-1");
                assertThat(nodes(server, "/node-3/audit")).containsExactly("node-3");
            });

            await().untilAsserted(
                            () -> assertThat(nodes(server, "/audit")).containsExactly("node-1", "node-2", "node-3"));
        }
    }

    @Test
    void a_write_that_was_rolled_back_holds_nobody_up() {
        try (var server = new QueryServer()) {
            server.append(Workspaces.registered("ws-123"));
            var transaction = new TransactionTemplate(server.bean(PlatformTransactionManager.class));

            transaction.executeWithoutResult(status -> {
                server.appendUnseen(started("node-1").events(), Map.of());
                status.setRollbackOnly();
            });
            server.append(started("node-2"));

            await().untilAsserted(() -> assertThat(nodes(server, "/audit")).containsExactly("node-2"));
        }
    }

    private static History started(String node) {
        return new History(node, "ws-123", "name-" + node, Instant.parse("2024-01-20T10:00:00Z")).provision();
    }

    private static List<String> nodes(QueryServer server, String path) {
        return server.all(NODES + path).stream()
                .filter(entry -> entry.has("node_id"))
                .map(entry -> entry.get("node_id").asString())
                .toList();
    }
}
