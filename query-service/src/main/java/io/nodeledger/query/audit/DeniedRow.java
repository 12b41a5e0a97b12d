package io.nodeledger.query.audit;

import io.nodeledger.query.projection.RowJson;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a service wrote down of a request that it denied. */
record DeniedRow(
        String id,
        long position,
        Instant occurredAt,
        @Nullable String nodeId,
        @Nullable String operationId,
        String actor,
        String role,
        String permission,
        String code,
        String method,
        String route,
        long attempts,
        String requestId,
        @Nullable String sourceAddress) {
    /** The type of all denied attempts. */
    static final String TYPE = "access.denied";

    private static final String OUTCOME = "denied";

    /** What the caller wanted to do; nothing has changed by it. */
    private record Wanted(String permission, String code, String method, String route, long attempts) {}

    AuditEntry entry() {
        var unchanged = new AuditEntry.Status(null);
        return new AuditEntry(
                id,
                position,
                occurredAt,
                TYPE,
                OUTCOME,
                nodeId,
                operationId,
                null,
                new AuditEntry.Actor(actor, "user", role),
                new AuditEntry.CausedBy(null, null),
                requestId,
                sourceAddress,
                unchanged,
                unchanged,
                RowJson.MAPPER.valueToTree(new Wanted(permission, code, method, route, attempts)));
    }
}
