package io.nodeledger.query.node;

import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.query.projection.RowJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads nodes. A page costs one indexed query; its total comes from counters unless names are searched. */
public final class NodeQueries {
    private final JdbcClient jdbc;
    private final JdbcClient lists;

    public NodeQueries(DataSource database) {
        this.jdbc = JdbcClient.create(database);
        this.lists = JdbcClient.create(new FreshPlans(database));
    }

    /** The node, also after its deletion; empty when the workspace never had it. */
    public Optional<NodeRecord> find(String workspaceId, String nodeId) {
        return jdbc.sql("SELECT doc FROM query.nodes WHERE id = ? AND workspace_id = ?")
                .params(nodeId, workspaceId)
                .query((row, _) -> read(row.getString(1)))
                .optional();
    }

    /**
     * One page. Which nodes it has is found in indexes alone, and only their rows are read. Live and deleted nodes are
     * looked for beside each other, each in the list's order, and merged as far as the page's end.
     */
    public List<NodeRecord> page(NodeFilter filter, NodeSort sort, int page, int perPage) {
        long end = (long) page * perPage;
        var parts = ListedPart.of(filter);
        if (parts.isEmpty()) {
            return List.of();
        }
        String found = parts.stream()
                .map(part -> "(SELECT id, %s AS place FROM query.nodes WHERE %s ORDER BY %s LIMIT ?)"
                        .formatted(sort.column(), part.sql(), sort.sql(sort.column())))
                .collect(Collectors.joining(" UNION ALL "));
        var parameters = new ArrayList<Object>();
        parts.forEach(part -> {
            parameters.addAll(part.parameters());
            parameters.add(end);
        });
        parameters.add(perPage);
        parameters.add(end - perPage);
        return lists.sql("""
                        SELECT doc
                        FROM (SELECT id, place FROM (%1$s) found ORDER BY %2$s LIMIT ? OFFSET ?) page
                        JOIN query.nodes USING (id)
                        ORDER BY %2$s""".formatted(found, sort.sql("place")))
                .params(parameters)
                .query((row, _) -> read(row.getString(1)))
                .list();
    }

    /** How many nodes the whole list has. */
    public long total(NodeFilter filter) {
        var counted = filter.search() == null
                ? "(SELECT coalesce(sum(nodes), 0) FROM query.node_counts WHERE %s)"
                : "(SELECT count(*) FROM query.nodes WHERE %s)";
        var parts = ListedPart.of(filter);
        if (parts.isEmpty()) {
            return 0;
        }
        return lists.sql(parts.stream()
                        .map(part -> counted.formatted(part.sql()))
                        .collect(Collectors.joining(" + ", "SELECT ", "")))
                .params(parts.stream()
                        .flatMap(part -> part.parameters().stream())
                        .toList())
                .query(Long.class)
                .single();
    }

    private static NodeRecord read(String doc) {
        return RowJson.MAPPER.readValue(doc, NodeRecord.class);
    }
}
