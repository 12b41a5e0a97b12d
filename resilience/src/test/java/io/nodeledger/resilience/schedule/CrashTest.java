package io.nodeledger.resilience.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.resilience.crash.CrashPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A sample of the crashes, the same in each run of a seed; {@code ./nodeledger bench crash} goes through all of them. Set
 * {@code -Dnodeledger.crash.seed} for another sample and {@code -Dnodeledger.crash.points} for a larger one.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashTest {
    private static final long SEED = Long.getLong("nodeledger.crash.seed", 1);
    private static final int POINTS = Integer.getInteger("nodeledger.crash.points", 20);
    private static final int PAIRS = Integer.getInteger("nodeledger.crash.pairs", 5);

    @RegisterExtension
    final SharedHarness shared = new SharedHarness();

    private final CrashRuns runs = new CrashRuns(shared.harness());
    private List<CrashPoint> points = List.of();

    @BeforeAll
    void record() throws InterruptedException {
        points = runs.record();
    }

    @ParameterizedTest
    @MethodSource("single")
    void aCrashAtACommitOrCallLeavesNothingBehind(CrashPoint point) throws InterruptedException {
        assertThat(runs.run(List.of(point)).violations()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aSecondCrashDuringRecoveryLeavesNothingBehind(CrashPoint first, CrashPoint second)
            throws InterruptedException {
        assertThat(runs.run(List.of(first, second)).violations()).isEmpty();
    }

    Stream<CrashPoint> single() {
        return shuffled(SEED).stream().limit(POINTS);
    }

    Stream<Arguments> pairs() {
        var first = shuffled(SEED + 1);
        var random = new Random(SEED);
        return first.stream().limit(PAIRS).map(one -> Arguments.of(one, later(one, random)));
    }

    /** Recovery goes on near where the crash was. */
    private CrashPoint later(CrashPoint one, Random random) {
        int from = points.indexOf(one);
        return points.get(Math.min(points.size() - 1, from + 1 + random.nextInt(12)));
    }

    private List<CrashPoint> shuffled(long seed) {
        var order = new ArrayList<>(points);
        Collections.shuffle(order, new Random(seed));
        return order;
    }
}
