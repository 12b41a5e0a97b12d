package io.nodeledger.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nodeledger.base.eventstore.Epochs;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import io.nodeledger.query.node.NodeReadModel;
import io.nodeledger.testing.PostgresServer;
import io.nodeledger.testing.TestDatabase;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Readers that wait and rebuilds that run, as figures. */
class ReadFiguresTest {
    private static final TestDatabase DATABASE = PostgresServer.newDatabase();

    private static QueryServer server;

    @BeforeAll
    static void start() {
        server = QueryServer.on(DATABASE, "--nodeledger.query.position-wait=30s");
        server.append(Workspaces.registered("ws-123"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aReaderThatWaitsForAWriteIsSeen() throws Exception {
        try (var other = DATABASE.dataSource().getConnection();
                var statement = other.createStatement();
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM query.token_entry FOR UPDATE");
            String position = server.appendUnseen(Workspaces.registered("ws-waited-for"), Map.of());

            var read = threads.submit(() -> server.get(
                    "/api/v1/workspaces/ws-123/nodes",
                    server.token("ws-123", "admin"),
                    "X-Min-Event-Position",
                    position));
            await().until(() -> waits() == 1);
            other.rollback();

            assertThat(read.get().status()).isEqualTo(200);
            assertThat(waits()).isZero();
        }
    }

    @Test
    void aRebuildShowsHowFarItIsWhileItRuns() {
        var meters = new SimpleMeterRegistry();
        var generations = server.bean(Generations.class);
        var figures = new RebuildFigures(generations, server.bean(Epochs.class), server.bean(JdbcClient.class), meters);

        new TransactionTemplate(server.bean(PlatformTransactionManager.class)).executeWithoutResult(begun -> {
            generations.create(NodeReadModel.READ_MODEL);
            figures.read();
            begun.setRollbackOnly();
        });
        assertThat(meters.get("nodeledger.rebuild.progress")
                        .tag("read_model", "nodes")
                        .gauge()
                        .value())
                .isZero();

        figures.read();
        assertThat(meters.find("nodeledger.rebuild.progress").gauge()).isNull();
    }

    private static double waits() {
        return server.bean(MeterRegistry.class)
                .get("nodeledger.waits.open")
                .tag("kind", "position")
                .gauge()
                .value();
    }
}
