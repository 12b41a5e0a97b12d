package io.nodeledger.query.audit;

import io.nodeledger.query.projection.RowJson;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Entries of the trail as CSV (RFC 4180): a header, CRLF after every line, every value in quotes. Entries have text of people's
 * own: what a spreadsheet would take for a formula begins with an apostrophe, also behind what it might part cells by in
 * another country (source: OWASP, "CSV Injection"). Only the comma can't be that, since it is in quotes wherever it parts nothing.
 */
final class AuditCsv {
    static final String HEADER =
            "id,position,occurred_at,type,outcome,node_id,operation_id,actor_id,actor_type,actor_role,"
                    + "command,cause_event_id,request_id,source_address,status_before,status_after,data,transition_id\r\n";

    /** Where a cell may begin, spaces and quotes that are read over, and what makes a formula of the rest. */
    private static final Pattern FORMULA =
            Pattern.compile("^([ \"]*)(?=[=+\\-@\t\r\n])|(?<=[;|\t\r\n])([ \"]*)(?=[=+\\-@])");

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
                        RowJson.MAPPER.writeValueAsString(entry.data()),
                        entry.transitionId())
                .map(AuditCsv::cell)
                .collect(Collectors.joining(",", "", "\r\n"));
    }

    private static String cell(@Nullable String value) {
        return value == null || value.isEmpty()
                ? ""
                : '"' + FORMULA.matcher(value).replaceAll("$1$2'").replace("\"", "\"\"") + '"';
    }
}
