package io.nodeledger.base.security;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A request that was denied to a caller who may know of the workspace.
 *
 * @param nodeId the node that it is about, if it is known
 * @param operationId the operation that the path names, if it names one
 * @param actor the token's subject
 * @param role what the caller is in the workspace
 * @param permission what was required
 * @param code the error that was answered
 * @param route the route's pattern
 */
public record DeniedAttempt(
        Instant at,
        String workspaceId,
        @Nullable String nodeId,
        @Nullable String operationId,
        String actor,
        String role,
        String permission,
        String code,
        String method,
        String route,
        String requestId,
        @Nullable String sourceAddress) {}
