package io.nodeledger.base.security;

import io.nodeledger.base.web.RequestIds;
import io.nodeledger.events.cause.Cause;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/** The cause of everything that a request makes happen: who asked, in which role, from where, under which request id. */
public final class RequestCause {
    private static final String USER = "user";

    private RequestCause() {}

    /**
     * The cause for a command about a workspace.
     *
     * @param idempotencyKey the caller's key, where it counts
     */
    public static Cause of(HttpServletRequest request, String workspaceId, @Nullable String idempotencyKey) {
        Caller caller = CurrentCaller.get();
        return new Cause(
                caller.id(),
                USER,
                caller.roleIn(workspaceId),
                workspaceId,
                RequestIds.of(request),
                request.getRemoteAddr(),
                idempotencyKey,
                null,
                null);
    }
}
