package io.nodeledger.base.denied;

import io.nodeledger.base.security.DeniedAttempt;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** The table of denied attempts. A row's position is that of the last event that was there before it. */
final class DeniedTable {
    private static final String TURN = "SELECT pg_advisory_xact_lock(hashtextextended('audit.denied_attempt', 0))";

    private static final String INSERT = """
            INSERT INTO audit.denied_attempt (id, position, occurred_at, workspace_id, node_id, operation_id, actor, role, permission, code,
              method, route, attempts, request_id, source_address)
            SELECT id, (SELECT coalesce(max(global_index), 0) FROM eventstore.domain_event), occurred_at::timestamptz,
              workspace_id, node_id, operation_id, actor, role, permission, code, method, route, attempts::bigint, request_id,
              source_address
            FROM unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) WITH ORDINALITY
              AS denied (id, occurred_at, workspace_id, node_id, operation_id, actor, role, permission, code, method, route, attempts,
                request_id, source_address, place)
            ORDER BY place
            ON CONFLICT (id) DO NOTHING""";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    DeniedTable(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    /** Writes rows in their order, after all that were written before. */
    void write(List<DeniedRow> rows) {
        transactions.executeWithoutResult(_ -> {
            jdbc.sql(TURN).query((row, _) -> true).single();
            jdbc.sql(INSERT)
                    .param(texts(rows, DeniedRow::id))
                    .param(texts(rows, row -> row.attempt().at().toString()))
                    .param(texts(rows, of(DeniedAttempt::workspaceId)))
                    .param(texts(rows, of(DeniedAttempt::nodeId)))
                    .param(texts(rows, of(DeniedAttempt::operationId)))
                    .param(texts(rows, of(DeniedAttempt::actor)))
                    .param(texts(rows, of(DeniedAttempt::role)))
                    .param(texts(rows, of(DeniedAttempt::permission)))
                    .param(texts(rows, of(DeniedAttempt::code)))
                    .param(texts(rows, of(DeniedAttempt::method)))
                    .param(texts(rows, of(DeniedAttempt::route)))
                    .param(texts(rows, row -> Long.toString(row.attempts())))
                    .param(texts(rows, of(DeniedAttempt::requestId)))
                    .param(texts(rows, of(DeniedAttempt::sourceAddress)))
                    .update();
        });
    }

    private static Function<DeniedRow, @Nullable String> of(Function<DeniedAttempt, @Nullable String> field) {
        return row -> {
            String value = field.apply(row.attempt());
            return value == null ? null : DeniedRow.storable(value);
        };
    }

    private static @Nullable String[] texts(List<DeniedRow> rows, Function<DeniedRow, @Nullable String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }
}
