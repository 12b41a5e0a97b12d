package io.nodeledger.webhook.endpoint;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.ErrorCode;
import io.nodeledger.events.workspace.WorkspaceCommand;
import java.util.Map;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whether a workspace is there and has room for another endpoint. Two at once may both get the last place. */
final class EndpointRoom {
    static final int MOST = 50;

    private final JdbcClient jdbc;
    private final EventStore events;

    EndpointRoom(JdbcClient jdbc, EventStore events) {
        this.jdbc = jdbc;
        this.events = events;
    }

    /** @throws ApiException 404 without the workspace, 409 without room */
    void require(String workspaceId) {
        if (events.lastSequenceNumberFor(WorkspaceCommand.streamIdOf(workspaceId))
                .isEmpty()) {
            throw new ApiException(ApiError.notFound("workspace", workspaceId));
        }
        int there = jdbc.sql("select count(*) from webhook.endpoint where workspace_id = ?")
                .param(workspaceId)
                .query(Integer.class)
                .single();
        if (there >= MOST) {
            throw new ApiException(new ApiError(
                    ErrorCode.INVALID_STATE,
                    "The workspace has as many webhook endpoints as it may have",
                    Map.of("max_webhooks", MOST)));
        }
    }
}
