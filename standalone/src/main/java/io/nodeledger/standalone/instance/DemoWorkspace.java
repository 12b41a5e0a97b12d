package io.nodeledger.standalone.instance;

import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.standalone.Obstacle;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.messaging.Message;

/**
 * The workspace that every installation begins with, made through the same door that operators use. Once it is there
 * with its credits nothing is changed any more.
 */
final class DemoWorkspace {
    /** Its id. */
    static final String ID = "ws-demo";

    private static final BigDecimal CREDITS = new BigDecimal("100000");

    /** From its first event on; without it a snapshot would stand for what came before. */
    private static final long FIRST = 0;

    private DemoWorkspace() {}

    /**
     * Makes the workspace or what is missing of it. What is there is read from the workspace's own stream: a read model
     * may lag behind a start that was killed, and the credits would be booked twice.
     *
     * @throws Obstacle when the API refuses
     */
    static void ensure(Api api, EventStore events) throws IOException {
        String path = "/api/v1/admin/workspaces/" + ID;
        var past = events.readEvents(WorkspaceCommand.streamIdOf(ID), FIRST)
                .asStream()
                .<Object>map(Message::getPayload)
                .toList();
        if (past.isEmpty()) {
            api.put(path, Map.of("plan", "enterprise", "region", "us-west-2"))
                    .expect("make the workspace " + ID, 200, 201);
        }
        if (past.stream().noneMatch(CreditsGranted.class::isInstance)) {
            api.post(path + "/credits", Map.of("amount", CREDITS, "reason", "opening balance"))
                    .expect("credit the workspace " + ID, 200, 201);
        }
    }
}
