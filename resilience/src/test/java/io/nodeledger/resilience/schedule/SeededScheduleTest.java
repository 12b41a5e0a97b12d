package io.nodeledger.resilience.schedule;

import static io.nodeledger.resilience.schedule.SharedHarnesses.RECONCILED;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.resilience.schedule.FaultRuns.Call;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first of the seeds that {@code ./nodeledger bench crash random} goes through. Set {@code -Dnodeledger.random.seed} to
 * begin elsewhere and {@code -Dnodeledger.random.schedules} for more of them.
 */
@Execution(ExecutionMode.CONCURRENT)
class SeededScheduleTest {
    private static final long FIRST = Long.getLong("nodeledger.random.seed", 1);
    private static final int SCHEDULES = Integer.getInteger("nodeledger.random.schedules", 8);

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverHappensNothingIsLeft(long seed) throws InterruptedException {
        List<Call> calls = Call.of(SharedHarnesses.points());
        List<Act> acts = RandomActs.of(seed, calls.size());

        assertThat(RECONCILED.violations(harness -> new RandomRuns(harness, calls).run(acts)))
                .as(acts.toString())
                .isEmpty();
    }

    static LongStream seeds() {
        return LongStream.range(FIRST, FIRST + SCHEDULES);
    }
}
