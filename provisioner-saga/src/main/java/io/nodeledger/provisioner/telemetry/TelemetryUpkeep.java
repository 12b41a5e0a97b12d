package io.nodeledger.provisioner.telemetry;

import java.time.InstantSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Folds what is complete, makes the next partitions and drops old ones, on every instance: whoever comes first does it. */
final class TelemetryUpkeep {
    private final Folding folding;
    private final Partitions partitions;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    TelemetryUpkeep(Folding folding, Partitions partitions, JdbcClient jdbc, InstantSource clock) {
        this.folding = folding;
        this.partitions = partitions;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** One round. */
    void look() {
        var now = clock.instant();
        partitions.prepareAhead(now);
        folding.begin(now);
        folding.fold(now);
        partitions.drop(now, folding.folded());
        jdbc.sql("delete from provisioner.telemetry_latest where sampled_at < now() - interval '1 day'")
                .update();
    }
}
