package io.nodeledger.benchmarks.crash;

import io.nodeledger.benchmarks.event.KilledTellers;
import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.resilience.schedule.ChargeRestartRuns;
import io.nodeledger.resilience.schedule.ChargeRivalRuns;
import io.nodeledger.resilience.schedule.ChargeRuns;
import io.nodeledger.resilience.schedule.Course;
import io.nodeledger.resilience.schedule.Harness;
import io.nodeledger.resilience.schedule.OutageRuns;
import io.nodeledger.resilience.schedule.PauseRuns;
import io.nodeledger.resilience.schedule.RestartRuns;
import io.nodeledger.resilience.schedule.RestoreRuns;
import io.nodeledger.resilience.schedule.TransitionRivalRuns;
import io.nodeledger.simulators.fault.FaultKind;
import io.nodeledger.testing.PostgresServer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** What befalls a whole instance, provider or database, each time in a world of its own and for as long as it takes. */
final class Disasters {
    /** Longer than ten failed attempts at a step take, and shorter than the shortest time that a step has. */
    private static final Duration OUTAGE = Duration.ofMinutes(3);

    private static final List<FaultKind> OUT_OF_REACH = List.of(FaultKind.PARTITION, FaultKind.HANG);
    private static final int NODES = 100;
    private static final int RESTARTS = 10;

    private static final int FIRST_CHARGES = 3;

    private static final List<Course> COURSES = List.of(Course.values());
    private static final List<MigrationStrategy> STRATEGIES = List.of(MigrationStrategy.values());

    private static final Map<String, Kind> KINDS = kinds();

    private final Tally tally;

    Disasters(Tally tally) {
        this.tally = tally;
    }

    /**
     * One kind.
     *
     * @param count how many make a long run
     */
    private record Kind(int count, Disaster disaster) {}

    @FunctionalInterface
    private interface Disaster {
        List<String> violations(long seed) throws Exception;
    }

    /** The names of the kinds. */
    static List<String> names() {
        return List.copyOf(KINDS.keySet());
    }

    /** Runs disasters of a kind, as many as it says itself when the count is 0. */
    void run(String name, long seed, int count) throws Exception {
        Kind kind = KINDS.get(name);
        if (kind == null) {
            throw new IllegalArgumentException("There is no disaster '" + name + "'; there are: " + names());
        }
        int runs = count > 0 ? count : kind.count();
        for (long at = seed; at < seed + runs; at++) {
            tally.take(name, "seed " + at, kind.disaster().violations(at));
        }
    }

    private static Map<String, Kind> kinds() {
        var kinds = new LinkedHashMap<String, Kind>();
        kinds.put("pauses", new Kind(20, Disasters::pause));
        kinds.put("outages", new Kind(4, Disasters::outage));
        kinds.put("restores", new Kind(20, Disasters::restore));
        kinds.put("restarts", new Kind(3, Disasters::restarts));
        kinds.put("events", new Kind(5, KilledTellers::run));
        kinds.put("charge-rivals", new Kind(40, Disasters::chargeRivals));
        kinds.put("charge-restarts", new Kind(10, Disasters::chargeRestarts));
        kinds.put("transition-rivals", new Kind(40, Disasters::transitionRivals));
        return kinds;
    }

    private static List<String> pause(long seed) throws Exception {
        try (Harness harness = harness(PostgresServer.shared())) {
            return new PauseRuns(harness).run(seed);
        }
    }

    private static List<String> outage(long seed) throws Exception {
        FaultKind kind = OUT_OF_REACH.get((int) (seed % OUT_OF_REACH.size()));
        try (Harness harness = harness(PostgresServer.shared(), RestoreRuns.OFTEN)) {
            return new OutageRuns(harness).run(seed, kind, OUTAGE);
        }
    }

    private static List<String> restore(long seed) throws Exception {
        try (Harness harness = harness(PostgresServer.shared(), RestoreRuns.OFTEN)) {
            return new RestoreRuns(harness).run(seed);
        }
    }

    private static List<String> restarts(long seed) throws Exception {
        try (PostgresServer server = PostgresServer.durable();
                Harness harness = harness(server)) {
            return new RestartRuns(harness, server).run(NODES, RESTARTS, seed);
        }
    }

    /** Every other time one of two instances stands still, at one of the points of a day's first charges. */
    private static List<String> chargeRivals(long seed) throws Exception {
        try (Harness harness = harness(PostgresServer.shared(), ChargeRivalRuns.settings())) {
            var runs = new ChargeRivalRuns(harness);
            return seed % 2 == 0 ? runs.atOnce() : runs.pause(ChargeRuns.pointOf(FIRST_CHARGES, new Random(seed)));
        }
    }

    private static List<String> chargeRestarts(long seed) throws Exception {
        try (PostgresServer server = PostgresServer.durable();
                Harness harness = harness(server, ChargeRuns.settings())) {
            return new ChargeRestartRuns(harness, server).run(RESTARTS, seed);
        }
    }

    /** Every fourth time two instances work at once; else one of them stands still, for a moment or until all is over. */
    private static List<String> transitionRivals(long seed) throws Exception {
        var random = new Random(seed);
        var course = COURSES.get(random.nextInt(COURSES.size()));
        var strategy = STRATEGIES.get(random.nextInt(STRATEGIES.size()));
        try (Harness harness = harness(PostgresServer.shared(), TransitionRivalRuns.settings())) {
            var runs = new TransitionRivalRuns(harness, course, strategy);
            return seed % 4 == 0
                    ? runs.atOnce()
                    : runs.pause(TransitionRivalRuns.pointOf(random), random.nextBoolean());
        }
    }

    private static Harness harness(PostgresServer server, String... settings) throws Exception {
        return Harness.in(Files.createTempDirectory("nodeledger-crash-"), server.createDatabase(), settings);
    }
}
