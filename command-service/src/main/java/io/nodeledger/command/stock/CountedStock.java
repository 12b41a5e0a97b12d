package io.nodeledger.command.stock;

import io.nodeledger.base.catalogue.Catalogue;
import io.nodeledger.command.capacity.ExpectedRoom;
import io.nodeledger.command.observed.BackgroundReading;
import io.nodeledger.events.catalogue.NodePlan;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The stock, counted in the background from the read side's counters while any plan is limited. A node counts until it is
 * deleted, also in error. Until the first count has worked nothing is known to be used up.
 */
public final class CountedStock extends BackgroundReading implements Stock {
    private static final Logger log = LoggerFactory.getLogger(CountedStock.class);

    /** Longer than a command takes, shorter than a caller minds. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String EXISTS = "SELECT to_regclass('query.node_counts') IS NOT NULL";
    private static final String SEEN = "SELECT id FROM query.nodes WHERE id = ANY (?)";
    private static final String COUNTS = """
            SELECT plan_id, region, sum(nodes) FROM query.node_counts
            WHERE status <> 'deleted' GROUP BY plan_id, region""";

    private final JdbcClient sql;
    private final Catalogue catalogue;
    private final ExpectedRoom expected;
    private final PlanStock stock = new PlanStock(PATIENCE);
    private volatile boolean counted;

    /** @param every how often it is counted */
    public CountedStock(JdbcClient sql, Catalogue catalogue, ExpectedRoom expected, Duration every) {
        super("stock", every);
        this.sql = sql;
        this.catalogue = catalogue;
        this.expected = expected;
    }

    @Override
    public HeldPlace hold(NodePlan plan, @Nullable String region) {
        if (PlanStock.limited(plan, region).isEmpty()) {
            return HeldPlace.unlimited();
        }
        if (!counted) {
            count();
        }
        Set<String> held = stock.hold(plan, region);
        var usedUp = new HashMap<String, Instant>();
        PlanStock.limited(plan, region).stream()
                .filter(limited -> !held.contains(limited))
                .forEach(full -> usedUp.put(full, expected.inStock(plan, full)));
        return new LimitedPlace(stock, plan.id(), held, Map.copyOf(usedUp));
    }

    /** Counts now, if anybody needs it. */
    @Override
    protected void refresh() {
        if (catalogue.plans().stream().allMatch(plan -> plan.stock().isEmpty())) {
            counted = false;
        } else {
            count();
        }
    }

    private void count() {
        try {
            if (sql.sql(EXISTS).query(Boolean.class).single()) {
                // What is seen first is in the count that follows.
                var seen = seen(stock.uncounted());
                stock.count(counts(), seen);
                counted = true;
            }
        } catch (DataAccessException outOfReach) {
            log.warn("The stock can't be counted, the last count stands: {}", outOfReach.toString());
        }
    }

    private Set<String> seen(Set<String> nodes) {
        return nodes.isEmpty()
                ? Set.of()
                : new HashSet<>(sql.sql(SEEN)
                        .param(nodes.toArray(String[]::new))
                        .query(String.class)
                        .list());
    }

    private Map<Place, Long> counts() {
        var counts = new HashMap<Place, Long>();
        sql.sql(COUNTS).query(row -> {
            counts.put(new Place(row.getString(1), row.getString(2)), row.getLong(3));
        });
        return counts;
    }
}
