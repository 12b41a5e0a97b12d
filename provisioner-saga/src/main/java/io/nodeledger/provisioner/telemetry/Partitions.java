package io.nodeledger.provisioner.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the partitions of the series before they are needed, and drops those whose time is over, which costs nothing
 * however many rows they have.
 */
final class Partitions {
    private static final DateTimeFormatter SUFFIX = DateTimeFormatter.ofPattern("yyyyMMdd_HH");
    /** An arbitrary number of ours, so that two instances don't make the same partition. */
    private static final long LOCK = 7_210_455_001L;

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final Map<Series, Duration> keep;
    private final Map<Series, Set<Instant>> prepared = new EnumMap<>(Series.class);

    Partitions(JdbcClient jdbc, TransactionTemplate transaction, TelemetrySettings settings) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.keep = Map.of(
                Series.SAMPLE, settings.keepSamples(),
                Series.MINUTE, settings.keepMinutes(),
                Series.QUARTER, settings.keepQuarters(),
                Series.HOUR, settings.keepHours());
        for (Series series : Series.values()) {
            prepared.put(series, ConcurrentHashMap.newKeySet());
        }
    }

    /** Makes sure that rows of a moment have a place. */
    void prepare(Series series, Instant moment) {
        Instant from = Series.floor(moment, series.partition());
        Set<Instant> known = prepared.get(series);
        if (known != null && !known.contains(from)) {
            transaction.executeWithoutResult(_ -> make(series, from));
            known.add(from);
        }
    }

    /** Makes the partitions of now and of the next span. */
    void prepareAhead(Instant now) {
        for (Series series : Series.values()) {
            prepare(series, now);
            prepare(series, now.plus(series.partition()));
        }
    }

    /**
     * Drops what is no longer kept.
     *
     * @param folded how far each series has been folded into the next one; nothing goes before
     */
    void drop(Instant now, Map<Series, Instant> folded) {
        for (Series series : Series.values()) {
            Instant end = now.minus(keep.getOrDefault(series, Duration.ZERO));
            Instant needed = folded.get(series);
            Instant before = needed != null && needed.isBefore(end) ? needed : end;
            for (Instant from : existing(series)) {
                if (!from.plus(series.partition()).isAfter(before)) {
                    transaction.executeWithoutResult(_ -> {
                        // Readers wait while the table is locked; rather the next time than long.
                        jdbc.sql("set local lock_timeout = '500ms'").update();
                        jdbc.sql("drop table if exists " + name(series, from)).update();
                    });
                    prepared.getOrDefault(series, Set.of()).remove(from);
                }
            }
        }
    }

    /** Attached when it is whole: to make it in its place would lock the series against readers. */
    private void make(Series series, Instant from) {
        jdbc.sql("select pg_advisory_xact_lock(?)").param(LOCK).query().listOfRows();
        String name = name(series, from);
        boolean there = jdbc.sql("select to_regclass(?) is not null")
                .param(name)
                .query(Boolean.class)
                .single();
        if (there) {
            return;
        }
        String parent = "provisioner." + series.table();
        jdbc.sql("create table %s (like %s including all)".formatted(name, parent))
                .update();
        jdbc.sql("alter table %s attach partition %s for values from ('%s') to ('%s')"
                        .formatted(parent, name, from, from.plus(series.partition())))
                .update();
    }

    private List<Instant> existing(Series series) {
        return jdbc
                .sql("select inhrelid::regclass::text from pg_inherits where inhparent = ?::regclass")
                .param("provisioner." + series.table())
                .query(String.class)
                .list()
                .stream()
                .map(name -> name.substring(name.length() - "yyyyMMdd_HH".length()))
                .map(suffix -> OffsetDateTime.of(LocalDateTime.parse(suffix, SUFFIX), ZoneOffset.UTC)
                        .toInstant())
                .sorted()
                .toList();
    }

    private static String name(Series series, Instant from) {
        return "provisioner." + series.table() + "_" + SUFFIX.format(from.atOffset(ZoneOffset.UTC));
    }
}
