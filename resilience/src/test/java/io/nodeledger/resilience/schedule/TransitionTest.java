package io.nodeledger.resilience.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.resilience.crash.CrashPoint;
import io.nodeledger.resilience.crash.CrashPoint.Moment;
import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A sample of the crashes of transitions, the same in each run of a seed; {@code ./nodeledger bench crash transitions} goes
 * through all of them. Set {@code -Dnodeledger.crash.seed} for another sample.
 */
@Execution(ExecutionMode.CONCURRENT)
class TransitionTest {
    private static final long SEED = Long.getLong("nodeledger.crash.seed", 1);
    private static final List<MigrationStrategy> STRATEGIES = List.of(MigrationStrategy.values());
    private static final Harnesses WORLDS = new Harnesses(2, TransitionRuns.settings());
    private static final Harnesses SHARED_WORLDS = new Harnesses(1, TransitionRivalRuns.settings());

    @AfterAll
    static void close() throws IOException {
        WORLDS.close();
        SHARED_WORLDS.close();
    }

    @Test
    void aWorkspaceMovesWhollyWhereverAnInstanceAndItsSuccessorCrash() throws InterruptedException {
        var random = new Random(SEED);
        assertMoved(
                Course.BACK,
                random,
                point("kubernetes POST /api/v1/namespaces/WORKSPACE/pods/POD/eviction", 1 + random.nextInt(4), random),
                point("commit domain_event (PlacementSwitched, PlacementChanged)", 1, random));
    }

    @Test
    void aMoveIsWhollyUndoneWhereverAnInstanceCrashes() throws InterruptedException {
        var random = new Random(SEED);
        assertMoved(
                random.nextBoolean() ? Course.THERE_FAILING : Course.THERE_CANCELLED,
                random,
                point("commit domain_event (WorkloadsMovedBack)", 1, random));
    }

    @Test
    void anInstanceThatLostItsTurnHarmsNothingWhenItGoesOnWithWhatItKnew() throws InterruptedException {
        var amongItsPods = new CrashPoint("commit transition_workload", 2, Moment.AFTER);

        assertThat(SHARED_WORLDS.violations(
                        world -> new TransitionRivalRuns(world, Course.THERE, MigrationStrategy.ROLLING)
                                .pause(amongItsPods, false)))
                .isEmpty();
    }

    private static void assertMoved(Course course, Random random, CrashPoint... points) throws InterruptedException {
        var strategy = STRATEGIES.get(random.nextInt(STRATEGIES.size()));

        assertThat(WORLDS.violations(world -> new TransitionRuns(world, course, strategy)
                        .run(List.of(points))
                        .violations()))
                .as("%s %s, %s", strategy, course, List.of(points))
                .isEmpty();
    }

    private static CrashPoint point(String label, int occurrence, Random random) {
        return new CrashPoint(label, occurrence, random.nextBoolean() ? Moment.BEFORE : Moment.AFTER);
    }
}
