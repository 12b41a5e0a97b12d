package io.nodeledger.query.audit;

import io.nodeledger.query.projection.RowJson;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Entries of the trail as CSV (RFC 4180): a header, CRLF after every line. Entries have text of people's own: what a
 * spreadsheet would take for a formula begins with an apostrophe.
 */
final class AuditCsv {
    static final String HEADER =
            "id,position,occurred_at,type,outcome,node_id,operation_id,actor_id,actor_type,actor_role,"
                    + "command,cause_event_id,request_id,source_address,status_before,status_after,data\r\n";

    private static final String BEGIN_FORMULAS = "=+-@\t\r\n";

    private AuditCsv() {}

    static String line(AuditEntry entry) {
        return Stream.of(
                        entry.id(),
                        Long.toString(entry.position()),
                        entry.occurredAt().toString(),
                        entry.type(),
                        entry.outcome(),
                        entry.nodeId(),
                        entry.operationId(),
                        entry.actor().id(),
                        entry.actor().type(),
                        entry.actor().role(),
                        entry.cause().command(),
                        entry.cause().eventId(),
                        entry.requestId(),
                        entry.sourceAddress(),
                        entry.before().status(),
                        entry.after().status(),
                        RowJson.MAPPER.writeValueAsString(entry.data()))
                .map(AuditCsv::cell)
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return "";
        }
        String harmless = BEGIN_FORMULAS.indexOf(value.charAt(0)) < 0 ? value : "'" + value;
        return harmless.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')
                ? harmless
                : '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
