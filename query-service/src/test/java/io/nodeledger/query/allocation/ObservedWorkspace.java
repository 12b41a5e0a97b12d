package io.nodeledger.query.allocation;

import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A server with the workspace ws-123, whose nodes a test makes, and what is observed of them. */
final class ObservedWorkspace implements AutoCloseable {
    final QueryServer server = new QueryServer();

    /** Before {@link #observe} these tables are not there. */
    final ObservedClusters observed = new ObservedClusters(server.bean(JdbcClient.class));

    ObservedWorkspace(History... nodes) {
        server.append(Workspaces.registered("ws-123"));
        for (History node : nodes) {
            server.append(node);
        }
    }

    /** The first events of node-1, node-2 and so on, which are named n1, n2. */
    static History node(int number) {
        return new History("node-" + number, "ws-123", "n" + number, Instant.parse("2024-01-20T10:00:00Z"));
    }

    /** From now on the other service has been there. */
    void observe() {
        observed.create();
    }

    @Override
    public void close() {
        server.close();
    }
}
