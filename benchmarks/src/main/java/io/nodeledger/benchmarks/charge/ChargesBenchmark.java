package io.nodeledger.benchmarks.charge;

import io.nodeledger.testing.PostgresServer;
import java.io.PrintStream;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Charges days of ten thousand nodes in two hundred workspaces (source: rulings 14): by one instance, by two that take
 * turns, and by two of which each believes that it is its turn; against a mere reading of the costs and appending of events.
 */
public final class ChargesBenchmark {
    private static final int WORKSPACES = 200;
    private static final int NODES = WORKSPACES * PaidNodes.OF_EACH_WORKSPACE;
    private static final String PLAIN = "costs read, events appended";
    private static final int WARM_DAYS = 20;
    private static final int DAYS = 20;
    private static final Duration CHARGED_AFTER = Duration.ofMinutes(15);
    private static final Duration NOON = Duration.ofHours(12);
    private static final LocalDate FIRST = LocalDate.of(2026, 1, 5);

    private final PrintStream out;
    private final ChargingInstance one;
    private final ChargingInstance other;
    private final JdbcClient jdbc;
    private final AtomicInteger passed;

    private ChargesBenchmark(PrintStream out, ChargingInstance one, ChargingInstance other, AtomicInteger passed) {
        this.out = out;
        this.one = one;
        this.other = other;
        this.jdbc = one.bean(JdbcClient.class);
        this.passed = passed;
    }

    /** Something that charges the day that is over. */
    @FunctionalInterface
    private interface Charge {
        void yesterday() throws Exception;
    }

    /** Measures and prints. */
    public static void run(PrintStream out) throws Exception {
        var passed = new AtomicInteger();
        try (var server = PostgresServer.durable()) {
            var database = server.createDatabase();
            InstantSource clock = () -> start(FIRST.plusDays(passed.get())).plus(CHARGED_AFTER);
            try (var one = new ChargingInstance(database, clock);
                    var other = new ChargingInstance(database, clock);
                    var threads = Executors.newFixedThreadPool(3)) {
                var benchmark = new ChargesBenchmark(out, one, other, passed);
                benchmark.load();
                benchmark.measure(threads);
            }
        }
    }

    private void load() throws Exception {
        long begin = System.nanoTime();
        var nodes = new PaidNodes(start(FIRST).plus(NOON));
        var transaction = new TransactionTemplate(one.bean(PlatformTransactionManager.class));
        for (int i = 0; i < WORKSPACES; i++) {
            String workspace = "ws-%03d".formatted(i);
            transaction.executeWithoutResult(_ -> one.bean(EventStore.class).publish(nodes.of(workspace)));
        }
        days(1, one::look);
        jdbc.sql("analyze").update();
        out.printf(
                "%,d nodes of %d workspaces, made and charged for the first time in %.0f s%n",
                NODES, WORKSPACES, seconds(begin));
        days(WARM_DAYS, one::look);
    }

    private void measure(ExecutorService threads) throws Exception {
        double ceiling = plainly();
        out.printf("%-30s %s%n", PLAIN, rates(ceiling));
        double alone = days(DAYS, one::look);
        out.printf("%-30s %s, %.0f %% of the ceiling%n", "one instance", rates(alone), 100 * ceiling / alone);
        double inTurn = days(DAYS, () -> together(threads, one::look, other::look));
        out.printf("%-30s %s, %.2f times one's time%n", "two that take turns", rates(inTurn), inTurn / alone);
        try (var _ = new NoTurns(jdbc, threads)) {
            days(WARM_DAYS, () -> together(threads, () -> untilCharged(one), () -> untilCharged(other)));
            double atOnce = days(DAYS, () -> together(threads, () -> untilCharged(one), () -> untilCharged(other)));
            out.printf("%-30s %s, %.2f times one's time%n", "two that both charge", rates(atOnce), atOnce / alone);
        }
        requireChargedOnce();
    }

    /** Seconds that a day takes at the least. */
    private double plainly() throws SQLException {
        var plain = new PlainCharge(one.bean(DataSource.class));
        List<Object[]> events = plain.lastCharges(WORKSPACES);
        long until = start(today()).toEpochMilli();
        long since = start(today().minusDays(1)).toEpochMilli();
        long begin = 0;
        for (int i = 0; i < WARM_DAYS + DAYS; i++) {
            begin = i == WARM_DAYS ? System.nanoTime() : begin;
            plain.charge(since, until, events);
        }
        return seconds(begin) / DAYS;
    }

    /** Lets days pass, and says how many seconds each takes. */
    private double days(int count, Charge charge) throws Exception {
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            passed.incrementAndGet();
            charge.yesterday();
        }
        return seconds(begin) / count;
    }

    private static void together(ExecutorService threads, Runnable first, Runnable second) throws Exception {
        Future<?> begun = threads.submit(first);
        threads.submit(second).get();
        begun.get();
    }

    /** An instance whose turn has gone to the other one gives up, and looks again. */
    private void untilCharged(ChargingInstance instance) {
        while (charged() < WORKSPACES) {
            instance.look();
        }
    }

    private int charged() {
        return jdbc.sql("select count(*) from provisioner.charged_workspace where charged_through >= ?")
                .param(today().minusDays(1))
                .query(Integer.class)
                .single();
    }

    private void requireChargedOnce() {
        long expected = (long) WORKSPACES * passed.get();
        long charges = jdbc.sql(
                        "select count(*) from eventstore.domain_event where payload_type like '%WorkspaceCharged'")
                .query(Long.class)
                .single();
        if (charges != expected || charged() != WORKSPACES) {
            throw new IllegalStateException("There are %d charges and not %d".formatted(charges, expected));
        }
    }

    private LocalDate today() {
        return FIRST.plusDays(passed.get());
    }

    private static String rates(double secondsOfADay) {
        return "%,10.0f nodes, %,6.0f workspaces a second".formatted(NODES / secondsOfADay, WORKSPACES / secondsOfADay);
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
