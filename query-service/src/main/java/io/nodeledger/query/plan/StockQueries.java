package io.nodeledger.query.plan;

import io.nodeledger.events.catalogue.NodePlan;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What of the plans' stock is left, by the counters of nodes. */
public final class StockQueries {
    /** Few plans are limited, and of these the counters of all workspaces are few. */
    private static final String LIVE = """
            SELECT region, sum(nodes) FROM query.node_counts
            WHERE plan_id = ? AND status <> 'deleted' GROUP BY region""";

    private final JdbcClient jdbc;

    public StockQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Whether any region of the plan has a place for one more node. */
    boolean hasPlace(NodePlan plan) {
        if (!plan.stock().keySet().containsAll(plan.regions())) {
            return true;
        }
        Map<String, Long> live = live(plan);
        return plan.regions().stream()
                .anyMatch(region ->
                        live.getOrDefault(region, 0L) < plan.stockIn(region).orElse(Integer.MAX_VALUE));
    }

    private Map<String, Long> live(NodePlan plan) {
        var live = new HashMap<String, Long>();
        jdbc.sql(LIVE).param(plan.id()).query(row -> {
            live.put(row.getString(1), row.getLong(2));
        });
        return live;
    }
}
