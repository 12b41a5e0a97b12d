package io.nodeledger.benchmarks.crash;

import io.nodeledger.resilience.crash.CrashPoint;
import io.nodeledger.resilience.schedule.Act;
import io.nodeledger.resilience.schedule.CrashRuns;
import io.nodeledger.resilience.schedule.FaultRuns;
import io.nodeledger.resilience.schedule.FaultRuns.Call;
import io.nodeledger.resilience.schedule.FaultRuns.Trouble;
import io.nodeledger.resilience.schedule.Harness;
import io.nodeledger.resilience.schedule.RandomActs;
import io.nodeledger.resilience.schedule.RandomRuns;
import io.nodeledger.testing.PostgresServer;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

/**
 * The long run of the crash harness: a crash before and after every commit and outside call of a node's life, seeded pairs
 * of crashes, every call in every trouble, and random schedules by their seeds.
 *
 * <pre>{@code ./nodeledger bench crash [all|points|pairs|faults|random] [FIRST_SEED] [COUNT]}</pre>
 */
public final class CrashBenchmark {
    private static final int PAIRS = 200;
    private static final int SCHEDULES = 2000;
    private static final int NEAR = 12;

    private final PrintStream out;
    private final Harness harness;
    private final Tally tally;

    private CrashBenchmark(PrintStream out, Harness harness) {
        this.out = out;
        this.harness = harness;
        this.tally = new Tally(out);
    }

    /** Runs what the arguments name, everything when there are none. */
    public static void run(PrintStream out, List<String> arguments) throws Exception {
        String part = arguments.isEmpty() ? "all" : arguments.getFirst();
        long seed = arguments.size() > 1 ? Long.parseLong(arguments.get(1)) : 1;
        int count = arguments.size() > 2 ? Integer.parseInt(arguments.get(2)) : 0;
        Path folder = Files.createTempDirectory("nodeledger-crash-");
        try (Harness harness = Harness.in(folder, PostgresServer.newDatabase())) {
            new CrashBenchmark(out, harness).run(part, seed, count);
        }
    }

    private void run(String part, long seed, int count) throws InterruptedException {
        var crashes = new CrashRuns(harness);
        List<CrashPoint> points = crashes.record();
        List<Call> calls = Call.of(points);
        out.printf(
                "A node's life passes %d points: %d commits and calls, each before and after.%n",
                points.size(), points.size() / 2);
        boolean all = part.equals("all");
        if (all || part.equals("points")) {
            for (CrashPoint point : points) {
                tally.take(
                        "crash", point.toString(), crashes.run(List.of(point)).violations());
            }
        }
        if (all || part.equals("pairs")) {
            var random = new Random(seed);
            for (int i = 0; i < (count > 0 ? count : PAIRS); i++) {
                int first = random.nextInt(points.size());
                int second = Math.min(points.size() - 1, first + 1 + random.nextInt(NEAR));
                var pair = List.of(points.get(first), points.get(second));
                tally.take("pair", pair.toString(), crashes.run(pair).violations());
            }
        }
        if (all || part.equals("faults")) {
            var faults = new FaultRuns(harness);
            for (Call call : calls) {
                for (Trouble trouble : Trouble.values()) {
                    tally.take("fault", trouble + " " + call, faults.run(call, trouble));
                }
            }
        }
        if (all || part.equals("random")) {
            var random = new RandomRuns(harness, calls);
            int schedules = count > 0 ? count : SCHEDULES;
            for (long at = seed; at < seed + schedules; at++) {
                List<Act> acts = RandomActs.of(at, calls.size());
                tally.take("random", "seed " + at + " " + acts, random.run(acts));
            }
        }
        tally.print();
    }
}
