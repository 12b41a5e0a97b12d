package io.nodeledger.benchmarks.lag;

import io.nodeledger.benchmarks.lag.TickStore.Kind;
import io.nodeledger.testing.PostgresServer;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SynchronizedHistogram;

/**
 * Time from just before an event's append to its handler, in the same JVM and in another one, ours and stock Axon's on
 * the same durable PostgreSQL. The append's own commit is part of it.
 */
public final class LagBenchmark {

    private static final int EVENTS = 150;
    private static final int WARM_UP = 40;
    private static final Duration PACE = Duration.ofMillis(37);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private LagBenchmark() {}

    /** Measures all four and prints median, 99th percentile and the ratio of the medians. */
    public static void run(PrintStream out) throws IOException, InterruptedException {
        try (var server = PostgresServer.durable()) {
            out.println("Event to handler, milliseconds (p50 / p99), " + EVENTS + " events each");
            compare(out, "same JVM", sameJvm(server, Kind.STOCK), sameJvm(server, Kind.OURS));
            compare(out, "other JVM", otherJvm(server, Kind.STOCK), otherJvm(server, Kind.OURS));
        }
    }

    public static void main(String[] arguments) throws IOException, InterruptedException {
        run(System.out);
    }

    private static Histogram sameJvm(PostgresServer server, Kind kind) throws InterruptedException {
        var ages = new Ages();
        try (var store = kind.open(server.createDatabase(), tick -> ages.accept(tick.ageNanos()))) {
            return ages.measure(store);
        }
    }

    private static Histogram otherJvm(PostgresServer server, Kind kind) throws IOException, InterruptedException {
        var ages = new Ages();
        var database = server.createDatabase();
        try (var store = kind.open(database, null);
                var _ = new OtherJvm(kind, database, ages)) {
            return ages.measure(store);
        }
    }

    private static void compare(PrintStream out, String where, Histogram stock, Histogram ours) {
        out.printf(
                "%-10s stock %.1f / %.1f   ours %.1f / %.1f   %.0f times faster at p50%n",
                where,
                millis(stock, 50),
                millis(stock, 99),
                millis(ours, 50),
                millis(ours, 99),
                millis(stock, 50) / millis(ours, 50));
    }

    private static double millis(Histogram ages, double percentile) {
        return ages.getValueAtPercentile(percentile) / 1e6;
    }

    /** Collects ages, the first of which only warm up. */
    private static final class Ages implements LongConsumer {

        private final Histogram histogram = new SynchronizedHistogram(3);
        private final CountDownLatch arrived = new CountDownLatch(WARM_UP + EVENTS);

        @Override
        public void accept(long nanos) {
            if (arrived.getCount() <= EVENTS) {
                histogram.recordValue(nanos);
            }
            arrived.countDown();
        }

        Histogram measure(TickStore store) throws InterruptedException {
            for (var number = 0; number < WARM_UP + EVENTS; number++) {
                store.append(Tick.now(number));
                Thread.sleep(PACE);
            }
            if (!arrived.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(arrived.getCount() + " events never arrived");
            }
            return histogram;
        }
    }
}
