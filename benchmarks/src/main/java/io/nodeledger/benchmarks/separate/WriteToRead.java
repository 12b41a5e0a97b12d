package io.nodeledger.benchmarks.separate;

import io.nodeledger.standalone.instance.RuntimeFile;
import io.nodeledger.standalone.separate.Service;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import org.HdrHistogram.Histogram;

/**
 * From the answer of a write at one process to the answer of a read at another that has seen it, against a row that one
 * connection writes and another one, told of it by PostgreSQL, reads.
 */
final class WriteToRead {
    private static final int WRITES = 400;
    private static final int WARM_UP = 1_000;
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
        var seen = new Histogram(3);
        var plain = new Histogram(3);
        for (int number = -WARM_UP; number < WRITES; number++) {
            int turn = Math.floorMod(number, 2);
            String writer = fleet.url(Service.COMMAND, 1 + turn);
            String reader = fleet.url(Service.QUERY, 2 - turn) + node.path();
            String position = node.change(client, writer, number + WARM_UP);
            long written = System.nanoTime();
            var _ = client.read(reader, position);
            long read = System.nanoTime();
            var _ = client.read(reader);
            if (number >= 0) {
                seen.recordValue(read - written);
                plain.recordValue(System.nanoTime() - read);
            }
            Thread.sleep(PACE_MILLIS);
        }
        print("between processes", seen);
        print("a read that need not wait", plain);
        print("told by PostgreSQL", bare);
        out.printf(
                "A read that has to see it takes %.1f times as long as the bare way at p50, %.1f at p99%n",
                ratio(seen, bare, 50), ratio(seen, bare, 99));
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

    private void print(String what, Histogram times) {
        out.printf(
                "%-26s %6.1f / %6.1f%n",
                what, times.getValueAtPercentile(50) / 1e6, times.getValueAtPercentile(99) / 1e6);
    }

    private static double ratio(Histogram ours, Histogram bare, double percentile) {
        return ours.getValueAtPercentile(percentile) / (double) Math.max(1, bare.getValueAtPercentile(percentile));
    }
}
