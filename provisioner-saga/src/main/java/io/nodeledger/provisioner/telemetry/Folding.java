package io.nodeledger.provisioner.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Folds samples into minutes, these into quarters of an hour, and these into hours. How far it has come is written with the
 * rows, so that a crash neither repeats nor leaves out anything; of several instances one folds, and the others pass.
 */
final class Folding {
    /** Samples of a minute may come this much after its end: their write takes no longer than a transaction may last. */
    private static final Duration GRACE = Duration.ofSeconds(30).plus(TelemetryTable.OLDEST);

    private static final int STEPS_AT_ONCE = 10;

    private static final String OF_SAMPLES = """
            insert into provisioner.telemetry_minute
                   (node_id, began_at, samples, cpu, cpu_peak, memory, memory_peak, rated, network_in, network_out,
                    detailed, storage, read_iops, write_iops, packets_in, packets_out)
            select node_id, date_bin('1 minute', sampled_at, 'epoch') as began_at, count(*), avg(cpu), max(cpu), avg(memory),
                   max(memory), count(network_in), avg(network_in), avg(network_out),
                   greatest(count(storage), count(read_iops), count(packets_in)), avg(storage), avg(read_iops),
                   avg(write_iops), avg(packets_in), avg(packets_out)
              from provisioner.telemetry_sample
             where sampled_at >= ? and sampled_at < ?
             group by node_id, 2
             order by node_id, 2
            on conflict (node_id, began_at) do nothing""";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Partitions partitions;

    Folding(JdbcClient jdbc, TransactionTemplate transaction, Partitions partitions) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.partitions = partitions;
    }

    /** Begins where nothing has been folded yet. */
    void begin(Instant now) {
        for (Series series : Series.values()) {
            if (series != Series.SAMPLE) {
                jdbc.sql(
                                "insert into provisioner.telemetry_folded (series, until) values (?, ?) on conflict do nothing")
                        .params(series.word(), utc(Series.floor(now, series.step())))
                        .update();
            }
        }
    }

    /** Folds whatever is complete. */
    void fold(Instant now) {
        for (Series series : Series.values()) {
            if (series != Series.SAMPLE) {
                while (foldSome(series, now)) {
                    // The rest of what is complete.
                }
            }
        }
    }

    /** How far each series has been folded into the one after it. */
    Map<Series, Instant> folded() {
        var folded = new EnumMap<Series, Instant>(Series.class);
        for (Series series : Series.values()) {
            if (series != Series.SAMPLE) {
                until(series, "").ifPresent(until -> folded.put(series.source(), until));
            }
        }
        return folded;
    }

    /** @return whether there may be more */
    private boolean foldSome(Series series, Instant now) {
        Optional<Instant> folded = until(series, "");
        Instant complete = complete(series, now);
        if (folded.isEmpty() || complete == null || !folded.get().isBefore(complete)) {
            return false;
        }
        Instant from = firstSince(series, folded.get(), complete);
        Instant end = from.plus(series.step().multipliedBy(STEPS_AT_ONCE));
        Instant to = end.isBefore(complete) ? end : complete;
        partitions.prepare(series, from);
        partitions.prepare(series, to);
        boolean mine = Boolean.TRUE.equals(transaction.execute(_ -> {
            boolean unchanged = until(series, " for update skip locked").equals(folded);
            if (unchanged) {
                jdbc.sql(statement(series)).params(utc(from), utc(to)).update();
                jdbc.sql("update provisioner.telemetry_folded set until = ? where series = ?")
                        .params(utc(to), series.word())
                        .update();
            }
            return unchanged;
        }));
        return mine && to.isBefore(complete);
    }

    private @Nullable Instant complete(Series series, Instant now) {
        Instant source = series == Series.MINUTE
                ? now.minus(GRACE)
                : until(series.source(), "").orElse(null);
        return source == null ? null : Series.floor(source, series.step());
    }

    /** Nothing was sampled while nobody ran: that time is passed over at once. */
    private Instant firstSince(Series series, Instant from, Instant complete) {
        Series source = series.source();
        return jdbc
                .sql("select min(%1$s) from provisioner.%2$s where %1$s >= ? and %1$s < ?"
                        .formatted(source.time(), source.table()))
                .params(utc(from), utc(complete))
                .query((row, _) -> row.getObject(1, OffsetDateTime.class))
                .list()
                .stream()
                .filter(Objects::nonNull)
                .map(first -> Series.floor(first.toInstant(), series.step()))
                .findFirst()
                .orElse(complete);
    }

    private static String statement(Series series) {
        return series == Series.MINUTE
                ? OF_SAMPLES
                : ofAverages(
                        series.table(), series.source().table(), series.step().toMinutes() + " minutes");
    }

    /** Averages are weighted with the samples behind them; where a value is missing, its weight is too. */
    private static String ofAverages(String table, String source, String step) {
        return """
            insert into provisioner.%1$s
                   (node_id, began_at, samples, cpu, cpu_peak, memory, memory_peak, rated, network_in, network_out,
                    detailed, storage, read_iops, write_iops, packets_in, packets_out)
            select node_id, date_bin('%3$s', began_at, 'epoch') as began_at, sum(samples), sum(cpu * samples) / sum(samples),
                   max(cpu_peak), sum(memory * samples) / sum(samples), max(memory_peak),
                   sum(rated), sum(network_in * rated) / nullif(sum(rated), 0),
                   sum(network_out * rated) / nullif(sum(rated), 0), sum(detailed),
                   sum(storage * detailed) / nullif(sum(detailed) filter (where storage is not null), 0),
                   sum(read_iops * detailed) / nullif(sum(detailed) filter (where read_iops is not null), 0),
                   sum(write_iops * detailed) / nullif(sum(detailed) filter (where write_iops is not null), 0),
                   sum(packets_in * detailed) / nullif(sum(detailed) filter (where packets_in is not null), 0),
                   sum(packets_out * detailed) / nullif(sum(detailed) filter (where packets_out is not null), 0)
              from provisioner.%2$s
             where began_at >= ? and began_at < ?
             group by node_id, 2
             order by node_id, 2
            on conflict (node_id, began_at) do nothing""".formatted(table, source, step);
    }

    private Optional<Instant> until(Series series, String lock) {
        return jdbc.sql("select until from provisioner.telemetry_folded where series = ?" + lock)
                .param(series.word())
                .query((row, _) -> row.getObject(1, OffsetDateTime.class).toInstant())
                .optional();
    }

    private static OffsetDateTime utc(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
