package io.nodeledger.command.capacity;

import io.nodeledger.command.observed.BackgroundReading;
import io.nodeledger.events.catalogue.NodePlan;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * When a full region may have room again: at the expected end of the first deletion that makes some, else after what the
 * operator has set. The read side knows what is being deleted; it is read in the background.
 */
public final class ExpectedRoom extends BackgroundReading {
    private static final Logger log = LoggerFactory.getLogger(ExpectedRoom.class);
    private static final String EXISTS = "SELECT to_regclass('query.node_counts') IS NOT NULL";

    /** The counters name the workspaces, so that each of the other tables is read through an index of its own. */
    private static final String FREEING = """
            SELECT node.plan_id, node.region,
                   (node.specs ->> 'cpu_cores')::int, (node.specs ->> 'memory_gb')::int,
                   (node.specs ->> 'storage_gb')::int, deletion.until
            FROM (SELECT DISTINCT workspace_id FROM query.node_counts WHERE status = 'deleting' AND nodes > 0) busy
            CROSS JOIN LATERAL (
              SELECT id, plan_id, region, doc #> '{origin,terms,specs}' AS specs FROM query.nodes
              WHERE workspace_id = busy.workspace_id AND status = 'deleting' AND status <> 'deleted'
              LIMIT 100) node
            CROSS JOIN LATERAL (
              SELECT (doc #>> '{origin,estimated_completion}')::timestamptz AS until FROM query.operations
              WHERE node_id = node.id AND type = 'delete' ORDER BY started_at DESC, id DESC LIMIT 1) deletion
            WHERE deletion.until > now()
            ORDER BY deletion.until LIMIT 1000""";

    private final JdbcClient sql;
    private final CapacitySettings settings;
    private final Clock clock;
    private volatile List<FreeingNode> freeing = List.of();

    public ExpectedRoom(JdbcClient sql, CapacitySettings settings, Clock clock) {
        super("expected-room", settings.refresh());
        this.sql = sql;
        this.settings = settings;
        this.clock = clock;
    }

    /** When a machine of the plan's size may fit on a host of the region. */
    public Instant onHosts(NodePlan plan, String region) {
        return first(region, node -> node.makesRoomFor(plan));
    }

    /** When one of the plan's nodes may leave the region. */
    public Instant inStock(NodePlan plan, String region) {
        return first(region, node -> node.planId().equals(plan.id()));
    }

    private Instant first(String region, Predicate<FreeingNode> fitting) {
        Instant now = clock.instant();
        return freeing.stream()
                .filter(node -> node.region().equals(region) && node.until().isAfter(now))
                .filter(fitting)
                .map(FreeingNode::until)
                .min(Instant::compareTo)
                .orElseGet(() -> now.plus(settings.retryAfter()))
                .truncatedTo(ChronoUnit.SECONDS);
    }

    /** Reads what is being deleted now. */
    @Override
    protected void refresh() {
        try {
            freeing = sql.sql(EXISTS).query(Boolean.class).single()
                    ? sql.sql(FREEING)
                            .query((row, _) -> new FreeingNode(
                                    row.getString(1),
                                    row.getString(2),
                                    row.getInt(3),
                                    row.getInt(4),
                                    row.getInt(5),
                                    row.getObject(6, OffsetDateTime.class).toInstant()))
                            .list()
                    : List.of();
        } catch (DataAccessException outOfReach) {
            log.warn("Running deletions can't be read, the last ones count: {}", outOfReach.toString());
        }
    }
}
