package io.nodeledger.query.projection;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.base.eventstore.EventPosition;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class RebuildTest {
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";

    @Test
    void a_rebuild_under_load_serves_every_read_and_ends_in_the_same_tables() throws Exception {
        try (var server = new QueryServer("--nodeledger.query.generation-check=500ms");
                var background = Executors.newVirtualThreadPerTaskExecutor()) {
            server.append(Workspaces.registered("ws-123"));
            for (int i = 0; i < 40; i++) {
                server.append(node(i));
            }
            var rebuild = server.bean(ProjectionRebuild.class);
            var over = new AtomicBoolean();
            var admin = server.token("ws-123", "admin");

            var reads = background.submit(() -> {
                int most = 0;
                while (!over.get()) {
                    var answer = server.get(NODES, admin);
                    assertThat(answer.status()).isEqualTo(200);
                    var total = answer.body().at("/pagination/total").asInt();
                    assertThat(total).isGreaterThanOrEqualTo(most);
                    most = total;
                }
                return most;
            });
            rebuild.start("nodes");
            int written = 40;
            while (rebuild.status("nodes").orElseThrow().isRebuilding() && written < 400) {
                server.appendUnseen(node(written++).events(), Map.of());
            }
            server.append(node(written++));
            await().atMost(20, SECONDS)
                    .until(() -> !rebuild.status("nodes").orElseThrow().isRebuilding());
            await().atMost(20, SECONDS)
                    .until(() ->
                            rebuild.status("nodes").orElseThrow().generations().size() == 1);
            server.append(node(written++));
            over.set(true);

            assertThat(reads.get(60, SECONDS)).isGreaterThanOrEqualTo(40);
            assertThat(rebuild.status("nodes")
                            .orElseThrow()
                            .generations()
                            .getFirst()
                            .generation())
                    .isEqualTo(2);
            assertThat(server.get(NODES).body().at("/pagination/total").asInt()).isEqualTo(written);
            var counted = server.bean(JdbcClient.class)
                    .sql("SELECT count(*) FROM query.nodes")
                    .query(Integer.class)
                    .single();
            assertThat(counted).isEqualTo(written);
        }
    }

    @Test
    void a_read_that_waits_moves_with_the_switch_to_the_new_generation() throws Exception {
        try (var server = new QueryServer("--nodeledger.query.generation-check=500ms");
                var background = Executors.newVirtualThreadPerTaskExecutor()) {
            server.append(Workspaces.registered("ws-123"));
            server.append(node(1));
            var jdbc = server.bean(JdbcClient.class);
            var reads = server.bean(ReadPositions.class);
            server.bean(ProjectionProcessors.class).stop();
            var unseen = server.appendUnseen(node(2).events(), Map.of());
            var waiting = background.submit(
                    () -> reads.await(((EventPosition.Decoded.Valid) EventPosition.decode(unseen)).position()));
            Thread.sleep(300);
            assertThat(waiting.isDone()).isFalse();

            assertThat(jdbc.sql("SELECT count(*) FROM query.nodes")
                            .query(Integer.class)
                            .single())
                    .as("nothing is folded after the stop")
                    .isEqualTo(1);
            var generations = server.bean(Generations.class);
            var model = server.bean("nodeReadModel", ReadModel.class);
            new TransactionTemplate(server.bean(PlatformTransactionManager.class)).executeWithoutResult(_ -> {
                generations.lock(model);
                generations.activate(model, generations.create(model));
            });
            server.bean(ProjectionProcessors.class).start();

            assertThat(waiting.get(60, SECONDS)).isTrue();
            assertThat(jdbc.sql("SELECT count(*) FROM query.nodes")
                            .query(Integer.class)
                            .single())
                    .isEqualTo(2);
        }
    }

    @Test
    void an_unknown_read_model_cannot_be_rebuilt() {
        try (var server = new QueryServer()) {
            var rebuild = server.bean(ProjectionRebuild.class);

            assertThat(rebuild.start("unknown")).isEmpty();
            assertThat(rebuild.status("workspaces").orElseThrow().tables())
                    .containsExactly("workspaces", "credit_entries", "workspace_audit");
        }
    }

    private static History node(int number) {
        return new History(
                        "node-" + number,
                        "ws-123",
                        "n-" + number,
                        Instant.parse("2024-01-20T10:00:00Z").plusSeconds(number))
                .provision()
                .succeed();
    }
}
