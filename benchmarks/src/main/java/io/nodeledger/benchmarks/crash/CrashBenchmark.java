package io.nodeledger.benchmarks.crash;

import io.nodeledger.resilience.crash.CrashPoint;
import io.nodeledger.resilience.schedule.Act;
import io.nodeledger.resilience.schedule.ChargeRuns;
import io.nodeledger.resilience.schedule.CrashRuns;
import io.nodeledger.resilience.schedule.FaultRuns;
import io.nodeledger.resilience.schedule.FaultRuns.Call;
import io.nodeledger.resilience.schedule.FaultRuns.Trouble;
import io.nodeledger.resilience.schedule.Harnesses;
import io.nodeledger.resilience.schedule.RandomActs;
import io.nodeledger.resilience.schedule.RandomRuns;
import io.nodeledger.resilience.schedule.ReplayRuns;
import io.nodeledger.resilience.schedule.RestoreRuns;
import io.nodeledger.resilience.schedule.TransitionRuns;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * The long run of the crash harness: a crash before and after every commit and outside call of a node's life, seeded pairs
 * of crashes, every call in every trouble, random schedules by their seeds, the same crashes of the daily charges and of
 * workspaces that move to dedicated nodes and back, and disasters of whole instances, providers, databases and brokers.
 *
 * <pre>{@code
 * ./nodeledger bench crash [all|points|pairs|faults|random|replays|charges|charge-pairs|transitions|transition-pairs
 *                           |pauses|outages|restores|restarts|events|charge-rivals|charge-restarts
 *                           |transition-rivals] [FIRST_SEED] [COUNT]
 * }</pre>
 */
public final class CrashBenchmark {
    private static final String ALL = "all";
    private static final List<String> CHARGES = List.of("charges", "charge-pairs");
    private static final List<String> TRANSITIONS = List.of("transitions", "transition-pairs");
    private static final List<String> LIVES = List.of("points", "pairs", "faults", "random", "replays");
    private static final List<String> PARTS =
            Stream.of(LIVES, CHARGES, TRANSITIONS).flatMap(List::stream).toList();
    private static final int PAIRS = 200;
    private static final int REPLAYS = 50;
    private static final int SCHEDULES = 2000;
    private static final int NEAR = 12;

    private final PrintStream out;
    private final Harnesses worlds;
    private final Harnesses reconciled;
    private final Harnesses replayed;
    private final Harnesses charged;
    private final Harnesses moved;
    private final Tally tally;
    private final List<Callable<Object>> schedules = new ArrayList<>();

    private CrashBenchmark(
            PrintStream out,
            Tally tally,
            Harnesses worlds,
            Harnesses reconciled,
            Harnesses replayed,
            Harnesses charged,
            Harnesses moved) {
        this.out = out;
        this.tally = tally;
        this.worlds = worlds;
        this.reconciled = reconciled;
        this.replayed = replayed;
        this.charged = charged;
        this.moved = moved;
    }

    /** Runs what the arguments name, everything when there are none. */
    public static void run(PrintStream out, List<String> arguments) throws Exception {
        String part = arguments.isEmpty() ? ALL : arguments.getFirst();
        long seed = arguments.size() > 1 ? number("FIRST_SEED", arguments.get(1)) : 1;
        int count = arguments.size() > 2 ? Math.toIntExact(number("COUNT", arguments.get(2))) : 0;
        if (!part.equals(ALL) && !PARTS.contains(part) && !Disasters.names().contains(part)) {
            throw new IllegalArgumentException("There is nothing called '%s'; there are: %s, %s and %s"
                    .formatted(part, ALL, String.join(", ", PARTS), String.join(", ", Disasters.names())));
        }
        var tally = new Tally(out);
        if (part.equals(ALL) || PARTS.contains(part)) {
            schedules(out, tally, part, seed, count);
        }
        for (String disaster : Disasters.names()) {
            if (part.equals(ALL) || part.equals(disaster)) {
                new Disasters(tally).run(disaster, seed, count);
            }
        }
        tally.print();
    }

    private static long number(String name, String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("%s must be a whole number, but is '%s'.".formatted(name, text));
        }
        return Long.parseLong(text);
    }

    private static void schedules(PrintStream out, Tally tally, String part, long seed, int count) throws Exception {
        int sideBySide = 2 * Runtime.getRuntime().availableProcessors();
        try (var worlds = new Harnesses(sideBySide);
                var reconciled = new Harnesses(sideBySide, RestoreRuns.OFTEN);
                var replayed = new Harnesses(sideBySide, ReplayRuns.settings());
                var charged = new Harnesses(sideBySide, ChargeRuns.settings());
                var moved = new Harnesses(sideBySide, TransitionRuns.settings());
                var threads =
                        Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory())) {
            var benchmark = new CrashBenchmark(out, tally, worlds, reconciled, replayed, charged, moved);
            if (part.equals(ALL) || LIVES.contains(part)) {
                benchmark.plan(part, seed, count);
            }
            if (part.equals(ALL) || CHARGES.contains(part)) {
                benchmark.planCharges(part, seed, count);
            }
            if (part.equals(ALL) || TRANSITIONS.contains(part)) {
                benchmark.planTransitions(part, seed, count);
            }
            benchmark.run(threads, new Semaphore(sideBySide));
        }
    }

    /** Each schedule in a thread of its own: one that lives on remembers every connection pool that it has ever used. */
    private void run(ExecutorService threads, Semaphore places) throws Exception {
        var begun = new ArrayList<Future<?>>();
        for (Callable<Object> schedule : schedules) {
            places.acquire();
            begun.add(threads.submit(() -> {
                try {
                    return schedule.call();
                } finally {
                    places.release();
                }
            }));
        }
        for (Future<?> schedule : begun) {
            schedule.get();
        }
    }

    private void plan(String part, long seed, int count) throws InterruptedException {
        List<CrashPoint> points = worlds.ask(harness -> new CrashRuns(harness).record());
        List<Call> calls = Call.of(points);
        out.printf(
                "A node's life passes %d points: %d commits and calls, each before and after.%n",
                points.size(), points.size() / 2);
        boolean all = part.equals(ALL);
        if (all || part.equals("points")) {
            points.forEach(point -> crash("crash", List.of(point)));
        }
        if (all || part.equals("pairs")) {
            pairs(points, seed, count > 0 ? count : PAIRS).forEach(pair -> crash("pair", pair));
        }
        if (all || part.equals("faults")) {
            for (Call call : calls) {
                for (Trouble trouble : Trouble.values()) {
                    add(worlds, "fault", trouble + " " + call, harness -> new FaultRuns(harness).run(call, trouble));
                }
            }
        }
        if (all || part.equals("random")) {
            for (long at = seed; at < seed + (count > 0 ? count : SCHEDULES); at++) {
                List<Act> acts = RandomActs.of(at, calls.size());
                // Every other one with the reconciler at work all the time.
                Harnesses in = at % 2 == 0 ? worlds : reconciled;
                add(in, "random", "seed " + at + " " + acts, harness -> new RandomRuns(harness, calls).run(acts));
            }
        }
        if (all || part.equals("replays")) {
            for (long at = seed; at < seed + (count > 0 ? count : REPLAYS); at++) {
                List<Act> acts = RandomActs.of(at, calls.size());
                add(replayed, "replay", "seed " + at + " " + acts, harness -> new ReplayRuns(harness, calls).run(acts));
            }
        }
    }

    private void planCharges(String part, long seed, int count) throws InterruptedException {
        List<CrashPoint> points = charged.ask(harness -> new ChargeRuns(harness).record());
        out.printf("Charging some days passes %d points: %d commits and commands.%n", points.size(), points.size() / 2);
        if (!part.equals(CHARGES.getLast())) {
            points.forEach(point -> chargeCrash("charge", List.of(point)));
        }
        if (!part.equals(CHARGES.getFirst())) {
            pairs(points, seed, count > 0 ? count : PAIRS).forEach(pair -> chargeCrash("charge pair", pair));
        }
    }

    private void planTransitions(String part, long seed, int count) throws InterruptedException {
        var moves = Moves.record(moved);
        out.printf("Moving workspaces passes %d points: %d commits and calls.%n", moves.points(), moves.points() / 2);
        if (!part.equals(TRANSITIONS.getLast())) {
            moves.crashes(seed, count).forEach(crash -> transition("transition", crash));
        }
        if (!part.equals(TRANSITIONS.getFirst())) {
            moves.pairs(seed, count > 0 ? count : PAIRS).forEach(pair -> transition("transition pair", pair));
        }
    }

    private void transition(String kind, Moves.Crash crash) {
        schedules.add(() -> {
            tally.take(kind, crash.toString(), violations(() -> crash.run(moved)));
            return kind;
        });
    }

    /** Recovery goes on near where the crash was. */
    static List<List<CrashPoint>> pairs(List<CrashPoint> points, long seed, int count) {
        var random = new Random(seed);
        var pairs = new ArrayList<List<CrashPoint>>();
        for (int i = 0; i < count; i++) {
            int first = random.nextInt(points.size());
            int second = Math.min(points.size() - 1, first + 1 + random.nextInt(NEAR));
            pairs.add(List.of(points.get(first), points.get(second)));
        }
        return pairs;
    }

    private void chargeCrash(String kind, List<CrashPoint> points) {
        add(
                charged,
                kind,
                points.toString(),
                harness -> new ChargeRuns(harness).run(points).violations());
    }

    private void crash(String kind, List<CrashPoint> points) {
        add(
                worlds,
                kind,
                points.toString(),
                harness -> new CrashRuns(harness).run(points).violations());
    }

    private void add(Harnesses in, String kind, String name, Harnesses.Run<List<String>> schedule) {
        schedules.add(() -> {
            tally.take(kind, name, violations(() -> in.violations(schedule)));
            return kind;
        });
    }

    private static List<String> violations(Callable<List<String>> schedule) throws Exception {
        try {
            return schedule.call();
        } catch (RuntimeException broken) {
            return List.of("It ended with " + broken);
        }
    }
}
