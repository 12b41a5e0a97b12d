package io.nodeledger.query.explain;

import static java.util.stream.Collectors.groupingBy;

import io.nodeledger.base.web.CursorPage;
import io.nodeledger.query.audit.AuditEntry;
import io.nodeledger.query.operation.OperationQueries;
import io.nodeledger.query.operation.OperationRow;
import io.nodeledger.query.projection.RowJson;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads a node's operations, and of its trail what belongs to them. */
public final class ChainQueries {
    private final JdbcClient jdbc;
    private final OperationQueries operations;
    private final DeliveryQueries deliveries;

    public ChainQueries(JdbcClient jdbc, OperationQueries operations) {
        this.jdbc = jdbc;
        this.operations = operations;
        this.deliveries = new DeliveryQueries(jdbc);
    }

    /**
     * Chains of a node, that of its last operation first.
     *
     * @param operationId one alone; null for all
     */
    CursorPage<Chain> list(
            String workspaceId, String nodeId, @Nullable String operationId, @Nullable String after, int limit) {
        var page = operations.ofNode(workspaceId, nodeId, operationId, after, limit);
        var told =
                told(nodeId, page.items().stream().map(row -> row.origin().id()).toList());
        var sent = deliveries.of(told.values().stream()
                .flatMap(List::stream)
                .filter(event -> !event.internal())
                .map(event -> event.entry().id())
                .toList());
        return new CursorPage<>(
                page.items().stream()
                        .map(row -> ChainFold.chain(row, of(row, told), sent))
                        .toList(),
                page.next());
    }

    private static List<ToldEvent> of(OperationRow row, Map<String, List<ToldEvent>> told) {
        String id = row.origin().id();
        return Objects.requireNonNull(told.get(id), () -> "No event tells of the operation " + id);
    }

    private Map<String, List<ToldEvent>> told(String nodeId, List<String> operationIds) {
        return jdbc
                .sql("""
                        SELECT internal, doc ->> 'entry' FROM query.audit
                        WHERE node_id = ? AND doc #>> '{entry,operation_id}' = ANY (?) ORDER BY position""")
                .params(nodeId, operationIds.toArray(String[]::new))
                .query((row, _) ->
                        new ToldEvent(row.getBoolean(1), RowJson.MAPPER.readValue(row.getString(2), AuditEntry.class)))
                .list()
                .stream()
                .collect(
                        groupingBy(event -> Objects.requireNonNull(event.entry().operationId())));
    }
}
