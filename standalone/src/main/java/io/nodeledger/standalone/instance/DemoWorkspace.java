package io.nodeledger.standalone.instance;

import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.standalone.Obstacle;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * The workspace that every installation begins with, made through the same door that operators use. Once it is there
 * with its credits nothing is changed any more.
 */
final class DemoWorkspace {
    /** Its id. */
    static final String ID = "ws-demo";

    private static final BigDecimal CREDITS = new BigDecimal("100000");

    private DemoWorkspace() {}

    /**
     * Makes the workspace or what is missing of it. What is there is read from the workspace's own stream: a read model
     * may lag behind a start that was killed, and the credits would be booked twice.
     *
     * @param past the types of what has happened to it
     * @throws Obstacle when the API refuses
     */
    static void ensure(Api api, List<String> past) throws IOException {
        String path = "/api/v1/admin/workspaces/" + ID;
        if (past.isEmpty()) {
            api.put(path, Map.of("plan", "enterprise", "region", "us-west-2"))
                    .expect("make the workspace " + ID, 200, 201);
        }
        if (!past.contains(CreditsGranted.class.getName())) {
            api.post(path + "/credits", Map.of("amount", CREDITS, "reason", "opening balance"))
                    .expect("credit the workspace " + ID, 200, 201);
        }
    }

    /** The types of what has happened to it. */
    static List<String> past(RuntimeFile runtime) {
        var database = new DriverManagerDataSource(runtime.jdbcUrl(), runtime.jdbcUser(), runtime.jdbcPassword());
        return JdbcClient.create(database)
                .sql("select payload_type from eventstore.domain_event where aggregate_identifier = ?")
                .param(WorkspaceCommand.streamIdOf(ID))
                .query(String.class)
                .list();
    }
}
