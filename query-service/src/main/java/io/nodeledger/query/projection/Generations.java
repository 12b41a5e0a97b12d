package io.nodeledger.query.projection;

import static java.util.stream.Collectors.joining;

import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.serialization.Serializer;
import org.axonframework.serialization.SimpleSerializedObject;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The generations of read models as the database knows them. Every method runs in its caller's transaction; those that
 * change something first take the read model's lock, so that instances agree.
 */
final class Generations {
    private final JdbcClient jdbc;
    private final Serializer tokens;

    Generations(JdbcClient jdbc, Serializer tokens) {
        this.jdbc = jdbc;
        this.tokens = tokens;
    }

    void lock(ReadModel model) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('query.generation.' || ?, 0))")
                .param(model.name())
                .query((row, _) -> true)
                .single();
    }

    List<Generation> all() {
        return jdbc.sql("""
                SELECT read_model, generation, state, started_at, switched_at FROM query.projection_generation
                ORDER BY read_model, generation""")
                .query((row, _) -> {
                    Timestamp switched = row.getTimestamp(5);
                    return new Generation(
                            row.getString(1),
                            row.getInt(2),
                            Generation.State.of(row.getString(3)),
                            row.getTimestamp(4).toInstant(),
                            switched == null ? null : switched.toInstant());
                })
                .list();
    }

    List<Generation> of(ReadModel model) {
        return all().stream().filter(generation -> generation.isOf(model)).toList();
    }

    @Nullable
    Generation in(Generation.State state, ReadModel model) {
        return of(model).stream()
                .filter(generation -> generation.state() == state)
                .findFirst()
                .orElse(null);
    }

    /** The processors that fill the tables which are read now, one of each of these read models that is filled. */
    List<String> activeProcessors(List<ReadModel> models) {
        return all().stream()
                .filter(generation -> generation.state() == Generation.State.ACTIVE)
                .filter(generation -> models.stream().anyMatch(generation::isOf))
                .map(Generation::processorName)
                .toList();
    }

    /** Makes the tables of the next generation. */
    int create(ReadModel model) {
        int number = of(model).stream().mapToInt(Generation::number).max().orElse(0) + 1;
        for (var table : model.tableNames()) {
            jdbc.sql("CREATE TABLE %s (LIKE query.%s_template INCLUDING ALL)"
                            .formatted(Table.physical(table, number), table))
                    .update();
        }
        jdbc.sql("INSERT INTO query.projection_generation (read_model, generation, state) VALUES (?, ?, 'building')")
                .params(model.name(), number)
                .update();
        return number;
    }

    /** Readers see this generation from the commit on; the one they saw is retired. */
    void activate(ReadModel model, int number) {
        for (var table : model.tableNames()) {
            jdbc.sql("DROP VIEW IF EXISTS query." + table).update();
            jdbc.sql("CREATE VIEW query.%s AS SELECT * FROM %s".formatted(table, Table.physical(table, number)))
                    .update();
        }
        jdbc.sql("""
                UPDATE query.projection_generation SET state = 'retired', switched_at = clock_timestamp()
                WHERE read_model = ? AND state = 'active'""").param(model.name()).update();
        jdbc.sql("""
                UPDATE query.projection_generation SET state = 'active', switched_at = clock_timestamp()
                WHERE read_model = ? AND generation = ?""").params(model.name(), number).update();
    }

    /** Drops a retired generation once every instance has had the time to notice. */
    void dropRetired(ReadModel model, Duration grace) {
        for (var generation : of(model)) {
            var since = generation.switchedAt();
            if (generation.state() != Generation.State.RETIRED || since == null) {
                continue;
            }
            int gone = jdbc.sql("""
                    DELETE FROM query.projection_generation
                    WHERE read_model = ? AND generation = ? AND switched_at < now() - make_interval(secs => ?)""")
                    .params(model.name(), generation.number(), grace.toMillis() / 1000.0)
                    .update();
            if (gone > 0) {
                jdbc.sql("DROP TABLE IF EXISTS "
                                + model.tableNames().stream()
                                        .map(table -> Table.physical(table, generation.number()))
                                        .collect(joining(", ")))
                        .update();
                jdbc.sql("DELETE FROM query.token_entry WHERE processor_name = ?")
                        .param(generation.processorName())
                        .update();
            }
        }
    }

    /** Where the segments of a processor are. */
    List<TokenProgress> progress(String processorName) {
        return progress(processorName, "");
    }

    /** The same, and no segment moves on until this transaction ends. */
    List<TokenProgress> haltedProgress(String processorName) {
        return progress(processorName, " FOR UPDATE");
    }

    private List<TokenProgress> progress(String processorName, String locking) {
        return jdbc.sql("SELECT token, token_type FROM query.token_entry WHERE processor_name = ? ORDER BY segment"
                        + locking)
                .param(processorName)
                .query((row, _) -> progress(row.getBytes(1), row.getString(2)))
                .list();
    }

    private TokenProgress progress(byte @Nullable [] token, @Nullable String type) {
        if (token == null || type == null) {
            return TokenProgress.NONE;
        }
        TrackingToken stored = tokens.deserialize(new SimpleSerializedObject<>(token, byte[].class, type, null));
        return TokenProgress.of(stored);
    }
}
