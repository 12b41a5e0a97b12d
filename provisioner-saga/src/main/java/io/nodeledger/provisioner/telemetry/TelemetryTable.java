package io.nodeledger.provisioner.telemetry;

import io.nodeledger.provisioner.region.RegionTurns;
import io.nodeledger.provisioner.telemetry.Details.Rates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Writes samples: all of a region's in one transaction, copied in, and once more as each node's last one. */
final class TelemetryTable {
    /** One that is older was held up somewhere, and its minute may have been folded already. */
    static final Duration OLDEST = Duration.ofSeconds(10);

    private static final String LATEST = """
            insert into provisioner.telemetry_latest as l
                   (node_id, sampled_at, cores, cpu, memory_used, memory_total, by_kubelet, network_in, network_out,
                    detailed_at, storage_used, storage_total, read_iops, write_iops, packets_in, packets_out)
            select * from unnest(?::text[], ?::timestamptz[], ?::float8[], ?::float8[], ?::int8[], ?::int8[], ?::boolean[], ?::float8[],
                   ?::float8[], ?::timestamptz[], ?::int8[], ?::int8[], ?::float8[], ?::float8[], ?::float8[], ?::float8[])
            on conflict (node_id) do update
               set sampled_at = excluded.sampled_at, cores = excluded.cores, cpu = excluded.cpu,
                   memory_used = excluded.memory_used, memory_total = excluded.memory_total,
                   by_kubelet = excluded.by_kubelet,
                   network_in = excluded.network_in, network_out = excluded.network_out, %s""".formatted(Stream.of(
                    "detailed_at",
                    "storage_used",
                    "storage_total",
                    "read_iops",
                    "write_iops",
                    "packets_in",
                    "packets_out")
            .map(column ->
                    ("%1$s = case when excluded.detailed_at is null and l.sampled_at > excluded.sampled_at - interval '1 minute'"
                                    + " then l.%1$s else excluded.%1$s end")
                            .formatted(column))
            .collect(Collectors.joining(", ")));

    private final JdbcTemplate jdbc;
    private final JdbcClient client;
    private final TransactionTemplate transaction;
    private final RegionTurns turns;
    private final Partitions partitions;
    private final InstantSource clock;

    TelemetryTable(
            DataSource dataSource,
            TransactionTemplate transaction,
            RegionTurns turns,
            Partitions partitions,
            InstantSource clock) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.client = JdbcClient.create(jdbc);
        this.transaction = transaction;
        this.turns = turns;
        this.partitions = partitions;
        this.clock = clock;
    }

    /**
     * Writes samples of one moment.
     *
     * @return false when the region has become another instance's, or they come too late; then nothing was written
     */
    boolean write(String region, List<Sample> samples) {
        if (samples.isEmpty()) {
            return true;
        }
        Instant at = samples.getFirst().at();
        partitions.prepare(Series.SAMPLE, at);
        return Boolean.TRUE.equals(transaction.execute(_ -> {
            if (!turns.holds(region) || at.plus(OLDEST).isBefore(clock.instant())) {
                return false;
            }
            copy(SampleRows.of(samples));
            remember(samples);
            return true;
        }));
    }

    private void copy(byte[] rows) {
        jdbc.execute((Connection connection) -> {
            try {
                return connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(SampleRows.COPY, new ByteArrayInputStream(rows));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        });
    }

    private void remember(List<Sample> samples) {
        client.sql(LATEST)
                .param(column(samples, Sample::nodeId, String[]::new))
                .param(column(samples, sample -> sample.at().toString(), String[]::new))
                .param(column(samples, Sample::cores, Double[]::new))
                .param(column(samples, Sample::cpu, Double[]::new))
                .param(column(samples, Sample::memoryUsed, Long[]::new))
                .param(column(samples, Sample::memoryTotal, Long[]::new))
                .param(column(samples, Sample::byKubelet, Boolean[]::new))
                .param(column(samples, Sample::networkIn, Double[]::new))
                .param(column(samples, Sample::networkOut, Double[]::new))
                .param(column(
                        samples,
                        sample -> detail(sample, details -> details.at().toString()),
                        String[]::new))
                .param(column(samples, sample -> detail(sample, Details::storageUsed), Long[]::new))
                .param(column(samples, sample -> detail(sample, Details::storageTotal), Long[]::new))
                .param(column(
                        samples, sample -> detail(sample, details -> one(details.diskOperations())), Double[]::new))
                .param(column(
                        samples, sample -> detail(sample, details -> other(details.diskOperations())), Double[]::new))
                .param(column(samples, sample -> detail(sample, details -> one(details.packets())), Double[]::new))
                .param(column(samples, sample -> detail(sample, details -> other(details.packets())), Double[]::new))
                .update();
    }

    private static <T> @Nullable T detail(Sample sample, Function<Details, @Nullable T> part) {
        Details details = sample.details();
        return details == null ? null : part.apply(details);
    }

    private static @Nullable Double one(@Nullable Rates rates) {
        return rates == null ? null : rates.one();
    }

    private static @Nullable Double other(@Nullable Rates rates) {
        return rates == null ? null : rates.other();
    }

    private static <T> T[] column(List<Sample> samples, Function<Sample, @Nullable T> value, IntFunction<T[]> array) {
        T[] column = array.apply(samples.size());
        for (int i = 0; i < column.length; i++) {
            column[i] = value.apply(samples.get(i));
        }
        return column;
    }
}
