package io.nodeledger.query.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.base.eventstore.ConnectionPools;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import io.nodeledger.testing.PostgresServer;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The connections of projections. */
class ProjectionPoolTest {
    private static QueryServer server;

    @BeforeAll
    static void start() {
        server = QueryServer.on(PostgresServer.newDatabase(), "--nodeledger.datasource.pool-size=4");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void projectionsGoOnWhileRequestsHoldAllConnections() throws Exception {
        var pool = server.bean("connectionPool", DataSource.class);
        try (var _ = pool.getConnection();
                var _ = pool.getConnection();
                var _ = pool.getConnection();
                var _ = pool.getConnection()) {
            ConnectionPools.inProjections(() -> {
                server.appendUnseen(Workspaces.registered("ws-crowded"), Map.of());

                await().pollInSameThread()
                        .until(() -> first("SELECT count(*) FROM query.workspaces WHERE id = 'ws-crowded'")
                                .equals("1"));
            });
        }
    }

    /** The server of tests waits for no disk at all; so the test is who has said so. */
    @Test
    void onlyTheyDoNotWaitForTheDisk() {
        var theirs = new AtomicReference<String>();
        String mode = "SELECT setting || ' by ' || source FROM pg_settings WHERE name = 'synchronous_commit'";

        ConnectionPools.inProjections(() -> theirs.set(first(mode)));

        assertThat(theirs).hasValue("off by session");
        assertThat(first(mode)).doesNotContain("session");
    }

    private static String first(String sql) {
        return server.bean(JdbcClient.class).sql(sql).query(String.class).single();
    }
}
