package io.nodeledger.provisioner.telemetry;

import java.time.Instant;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Folds what is complete, makes the next partitions and drops old ones, on every instance: whoever comes first does it. */
final class TelemetryUpkeep {
    private final Folding folding;
    private final Partitions partitions;
    private final JdbcClient jdbc;

    TelemetryUpkeep(Folding folding, Partitions partitions, JdbcClient jdbc) {
        this.folding = folding;
        this.partitions = partitions;
        this.jdbc = jdbc;
    }

    /** One round, by the database's clock: an instance whose own has leapt folds and drops nothing early. */
    void look() {
        Instant now = jdbc.sql("select now()")
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .single();
        partitions.prepareAhead(now);
        folding.begin(now);
        folding.fold(now);
        partitions.drop(now, folding.folded());
        jdbc.sql("delete from provisioner.telemetry_latest where sampled_at < now() - interval '1 day'")
                .update();
    }
}
