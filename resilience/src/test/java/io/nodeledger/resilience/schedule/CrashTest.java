package io.nodeledger.resilience.schedule;

import static io.nodeledger.resilience.schedule.SharedHarnesses.WORLDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.resilience.crash.CrashPoint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A sample of the crashes, the same in each run of a seed; {@code ./nodeledger bench crash} goes through all of them. Set
 * {@code -Dnodeledger.crash.seed} for another sample and {@code -Dnodeledger.crash.points} for a larger one.
 */
@Execution(ExecutionMode.CONCURRENT)
class CrashTest {
    private static final long SEED = Long.getLong("nodeledger.crash.seed", 1);
    private static final int POINTS = Integer.getInteger("nodeledger.crash.points", 10);
    private static final int PAIRS = Integer.getInteger("nodeledger.crash.pairs", 4);

    @ParameterizedTest
    @MethodSource("single")
    void aCrashAtACommitOrCallLeavesNothingBehind(CrashPoint point) throws InterruptedException {
        assertNothingIsLeftAfter(List.of(point));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void aSecondCrashDuringRecoveryLeavesNothingBehind(CrashPoint first, CrashPoint second)
            throws InterruptedException {
        assertNothingIsLeftAfter(List.of(first, second));
    }

    private static void assertNothingIsLeftAfter(List<CrashPoint> crashes) throws InterruptedException {
        assertThat(WORLDS.violations(
                        harness -> new CrashRuns(harness).run(crashes).violations()))
                .isEmpty();
    }

    static Stream<CrashPoint> single() {
        return shuffled(SEED).stream().limit(POINTS);
    }

    static Stream<Arguments> pairs() {
        var first = shuffled(SEED + 1);
        var random = new Random(SEED);
        return first.stream().limit(PAIRS).map(one -> Arguments.of(one, later(one, random)));
    }

    /** Recovery goes on near where the crash was. */
    private static CrashPoint later(CrashPoint one, Random random) {
        List<CrashPoint> points = SharedHarnesses.points();
        int from = points.indexOf(one);
        return points.get(Math.min(points.size() - 1, from + 1 + random.nextInt(12)));
    }

    private static List<CrashPoint> shuffled(long seed) {
        var order = new ArrayList<>(SharedHarnesses.points());
        Collections.shuffle(order, new Random(seed));
        return order;
    }
}
