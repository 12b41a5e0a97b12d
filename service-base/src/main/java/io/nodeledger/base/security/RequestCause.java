package io.nodeledger.base.security;

import io.nodeledger.base.web.RequestIds;
import io.nodeledger.events.cause.Cause;
import jakarta.servlet.http.HttpServletRequest;

/** The cause of everything that a request makes happen: who asked, in which role, from where, under which request id. */
public final class RequestCause {
    private static final String USER = "user";

    private RequestCause() {}

    /** The cause for a command about a workspace. */
    public static Cause of(HttpServletRequest request, String workspaceId) {
        Caller caller = CurrentCaller.get();
        return new Cause(
                caller.id(),
                USER,
                caller.roleIn(workspaceId),
                workspaceId,
                RequestIds.of(request),
                request.getRemoteAddr(),
                null,
                null,
                null);
    }
}
