package io.nodeledger.benchmarks.separate;

import io.nodeledger.standalone.instance.RuntimeFile;
import io.nodeledger.standalone.separate.Service;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * From the answer of a write at one process to the answer of a read at another that has seen it, against a row that one
 * connection writes and another one, told of it by PostgreSQL, reads.
 */
final class WriteToRead {
    /** They take no part in it, and are halted for the second round. */
    private static final List<Service> OTHERS = List.of(Service.PROVISIONER, Service.WEBHOOK);

    private static final int WRITES = 400;
    private static final int WARM_UP = 2_000;
    private static final long PACE_MILLIS = 13;

    private final PrintStream out;
    private final InstanceClient client;
    private final Fleet fleet;
    private final BusyNode node;

    WriteToRead(PrintStream out, InstanceClient client, Fleet fleet, BusyNode node) {
        this.out = out;
        this.client = client;
        this.fleet = fleet;
        this.node = node;
    }

    void measure(RuntimeFile runtime) throws IOException, InterruptedException, SQLException {
        out.println("From a write's answer at one process to its sight at another, milliseconds (p50 / p99), " + WRITES
                + " writes");
        var bare = bare(runtime);
        print("told by PostgreSQL", bare);
        run(WARM_UP);
        print("all eight on this machine", bare, run(WRITES));
        try {
            fleet.rest(OTHERS);
            print("the others on machines of their own", bare, run(WRITES));
        } finally {
            fleet.goOn(OTHERS);
        }
    }

    private record Sights(Histogram seen, Histogram plain) {}

    private Sights run(int writes) throws IOException, InterruptedException {
        var sights = new Sights(new Histogram(3), new Histogram(3));
        for (int number = 0; number < writes; number++) {
            int turn = number % 2;
            String writer = fleet.url(Service.COMMAND, 1 + turn);
            String reader = fleet.url(Service.QUERY, 2 - turn) + node.path();
            String position = node.change(client, writer, number);
            long written = System.nanoTime();
            var _ = client.read(reader, position);
            long read = System.nanoTime();
            var _ = client.read(reader);
            sights.seen().recordValue(read - written);
            sights.plain().recordValue(System.nanoTime() - read);
            Thread.sleep(PACE_MILLIS);
        }
        return sights;
    }

    private static Histogram bare(RuntimeFile runtime) throws SQLException, InterruptedException {
        var times = new Histogram(3);
        try (var told = new ToldRows(runtime)) {
            for (int number = -WARM_UP; number < WRITES; number++) {
                long took = told.writtenToRead(number + WARM_UP);
                if (number >= 0) {
                    times.recordValue(took);
                }
                Thread.sleep(PACE_MILLIS);
            }
        }
        return times;
    }

    private void print(String where, Histogram bare, Sights sights) {
        out.println("With " + where);
        print("  between processes", sights.seen());
        print("  a read that need not wait", sights.plain());
        out.printf(
                "  A read that has to see it takes %.1f times as long as the bare way at p50, %.1f at p99%n",
                ratio(sights.seen(), bare, 50), ratio(sights.seen(), bare, 99));
    }

    private void print(String what, Histogram times) {
        out.printf(
                "%-28s %6.1f / %6.1f%n",
                what, times.getValueAtPercentile(50) / 1e6, times.getValueAtPercentile(99) / 1e6);
    }

    private static double ratio(Histogram ours, Histogram bare, double percentile) {
        return ours.getValueAtPercentile(percentile) / (double) Math.max(1, bare.getValueAtPercentile(percentile));
    }
}
