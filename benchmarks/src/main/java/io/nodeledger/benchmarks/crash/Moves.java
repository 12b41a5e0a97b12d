package io.nodeledger.benchmarks.crash;

import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.resilience.crash.CrashPoint;
import io.nodeledger.resilience.schedule.Course;
import io.nodeledger.resilience.schedule.Harnesses;
import io.nodeledger.resilience.schedule.TransitionRuns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Every way in which a workspace moves, with the points that it passes. */
final class Moves {
    private final List<Recorded> recorded;

    private Moves(List<Recorded> recorded) {
        this.recorded = recorded;
    }

    private record Recorded(Course course, MigrationStrategy strategy, List<CrashPoint> points) {}

    /** One move and where it crashes. */
    record Crash(Course course, MigrationStrategy strategy, List<CrashPoint> points) {
        List<String> run(Harnesses worlds) throws InterruptedException {
            return worlds.violations(harness ->
                    new TransitionRuns(harness, course, strategy).run(points).violations());
        }

        @Override
        public String toString() {
            return strategy + " " + course + " " + points;
        }
    }

    /** Goes every way once, undisturbed. */
    static Moves record(Harnesses worlds) throws InterruptedException {
        var recorded = new ArrayList<Recorded>();
        for (MigrationStrategy strategy : MigrationStrategy.values()) {
            for (Course course : Course.values()) {
                recorded.add(new Recorded(
                        course,
                        strategy,
                        worlds.ask(harness -> new TransitionRuns(harness, course, strategy).record())));
            }
        }
        return new Moves(recorded);
    }

    /** How many points there are. */
    int points() {
        return recorded.stream().mapToInt(way -> way.points().size()).sum();
    }

    /** A crash at each of the points; only so many, chosen by the seed, when the count is not 0. */
    List<Crash> crashes(long seed, int count) {
        var all = new ArrayList<Crash>();
        recorded.forEach(way ->
                way.points().forEach(point -> all.add(new Crash(way.course(), way.strategy(), List.of(point)))));
        if (count == 0) {
            return all;
        }
        Collections.shuffle(all, new Random(seed));
        return all.subList(0, Math.min(count, all.size()));
    }

    /** So many pairs of crashes, of every way in turn. */
    List<Crash> pairs(long seed, int count) {
        var pairs = new ArrayList<Crash>();
        for (int i = 0; i < count; i++) {
            Recorded way = recorded.get(i % recorded.size());
            pairs.add(new Crash(
                    way.course(),
                    way.strategy(),
                    CrashBenchmark.pairs(way.points(), seed + i, 1).getFirst()));
        }
        return pairs;
    }
}
