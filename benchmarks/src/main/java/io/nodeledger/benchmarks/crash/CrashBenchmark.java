package io.nodeledger.benchmarks.crash;

import io.nodeledger.resilience.crash.CrashPoint;
import io.nodeledger.resilience.schedule.Act;
import io.nodeledger.resilience.schedule.CrashRuns;
import io.nodeledger.resilience.schedule.FaultRuns;
import io.nodeledger.resilience.schedule.FaultRuns.Call;
import io.nodeledger.resilience.schedule.FaultRuns.Trouble;
import io.nodeledger.resilience.schedule.Harnesses;
import io.nodeledger.resilience.schedule.RandomActs;
import io.nodeledger.resilience.schedule.RandomRuns;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

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
    private final Harnesses worlds;
    private final Tally tally;
    private final List<Callable<Object>> schedules = new ArrayList<>();

    private CrashBenchmark(PrintStream out, Harnesses worlds) {
        this.out = out;
        this.worlds = worlds;
        this.tally = new Tally(out);
    }

    /** Runs what the arguments name, everything when there are none. */
    public static void run(PrintStream out, List<String> arguments) throws Exception {
        String part = arguments.isEmpty() ? "all" : arguments.getFirst();
        long seed = arguments.size() > 1 ? Long.parseLong(arguments.get(1)) : 1;
        int count = arguments.size() > 2 ? Integer.parseInt(arguments.get(2)) : 0;
        int sideBySide = 2 * Runtime.getRuntime().availableProcessors();
        try (var worlds = new Harnesses(sideBySide);
                var threads = Executors.newFixedThreadPool(sideBySide)) {
            var benchmark = new CrashBenchmark(out, worlds);
            benchmark.plan(part, seed, count);
            for (Future<Object> schedule : threads.invokeAll(benchmark.schedules)) {
                schedule.get();
            }
            benchmark.tally.print();
        }
    }

    private void plan(String part, long seed, int count) throws InterruptedException {
        List<CrashPoint> points = worlds.ask(harness -> new CrashRuns(harness).record());
        List<Call> calls = Call.of(points);
        out.printf(
                "A node's life passes %d points: %d commits and calls, each before and after.%n",
                points.size(), points.size() / 2);
        boolean all = part.equals("all");
        if (all || part.equals("points")) {
            points.forEach(point -> crash("crash", List.of(point)));
        }
        if (all || part.equals("pairs")) {
            var random = new Random(seed);
            for (int i = 0; i < (count > 0 ? count : PAIRS); i++) {
                int first = random.nextInt(points.size());
                int second = Math.min(points.size() - 1, first + 1 + random.nextInt(NEAR));
                crash("pair", List.of(points.get(first), points.get(second)));
            }
        }
        if (all || part.equals("faults")) {
            for (Call call : calls) {
                for (Trouble trouble : Trouble.values()) {
                    add("fault", trouble + " " + call, harness -> new FaultRuns(harness).run(call, trouble));
                }
            }
        }
        if (all || part.equals("random")) {
            for (long at = seed; at < seed + (count > 0 ? count : SCHEDULES); at++) {
                List<Act> acts = RandomActs.of(at, calls.size());
                add("random", "seed " + at + " " + acts, harness -> new RandomRuns(harness, calls).run(acts));
            }
        }
    }

    private void crash(String kind, List<CrashPoint> points) {
        add(
                kind,
                points.toString(),
                harness -> new CrashRuns(harness).run(points).violations());
    }

    private void add(String kind, String name, Harnesses.Run<List<String>> schedule) {
        schedules.add(() -> {
            tally.take(kind, name, violations(schedule));
            return kind;
        });
    }

    private List<String> violations(Harnesses.Run<List<String>> schedule) throws InterruptedException {
        try {
            return worlds.violations(schedule);
        } catch (RuntimeException broken) {
            return List.of("It ended with " + broken);
        }
    }
}
