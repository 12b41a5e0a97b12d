package io.nodeledger.provisioner.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.nodeledger.base.metrics.Age;
import io.nodeledger.base.metrics.Figures;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.operation.OperationType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Operations that have not ended, by type. */
final class OperationFigures implements Figures {
    private static final String UNDER_WAY = """
            select status, count(*), min(settled_at) from provisioner.known_node
             where operation_id is not null group by status""";

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final MultiGauge unfinished;
    private final MultiGauge oldest;

    OperationFigures(JdbcClient jdbc, InstantSource clock, MeterRegistry meters) {
        this.jdbc = jdbc;
        this.clock = clock;
        this.unfinished = MultiGauge.builder("nodeledger.operations.unfinished")
                .description("Operations that have not ended, by type")
                .register(meters);
        this.oldest = MultiGauge.builder("nodeledger.operations.oldest.seconds")
                .description("How long the oldest operation has not ended, by type; 0 when there is none")
                .register(meters);
    }

    private record UnderWay(OperationType type, long count, Instant since) {
        UnderWay and(UnderWay other) {
            return new UnderWay(type, count + other.count, since.isBefore(other.since) ? since : other.since);
        }
    }

    @Override
    public void read() {
        Map<OperationType, UnderWay> found = underWay();
        Instant now = clock.instant();
        var counts = new ArrayList<Row<?>>();
        var ages = new ArrayList<Row<?>>();
        for (OperationType type : OperationType.values()) {
            UnderWay some = found.get(type);
            var labels = Tags.of("type", type.word());
            counts.add(Row.of(labels, some == null ? 0 : some.count()));
            ages.add(Row.of(labels, some == null ? 0 : Age.seconds(some.since(), now)));
        }
        unfinished.register(counts, true);
        oldest.register(ages, true);
    }

    private Map<OperationType, UnderWay> underWay() {
        var found = new EnumMap<OperationType, UnderWay>(OperationType.class);
        jdbc.sql(UNDER_WAY).query(row -> {
            var some = new UnderWay(during(NodeStatus.valueOf(row.getString(1))), row.getLong(2), Age.moment(row, 3));
            found.merge(some.type(), some, UnderWay::and);
        });
        return found;
    }

    /** A node that is written to keeps its status meanwhile. */
    private static OperationType during(NodeStatus status) {
        return switch (status) {
            case PROVISIONING -> OperationType.PROVISION;
            case DELETING -> OperationType.DELETE;
            case STARTING -> OperationType.START;
            case STOPPING -> OperationType.STOP;
            case REBOOTING -> OperationType.REBOOT;
            case RUNNING, STOPPED, ERROR, DELETED -> OperationType.UPDATE;
        };
    }
}
