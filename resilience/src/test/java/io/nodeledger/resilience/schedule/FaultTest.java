package io.nodeledger.resilience.schedule;

import static io.nodeledger.resilience.schedule.SharedHarnesses.WORLDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.resilience.schedule.FaultRuns.Call;
import io.nodeledger.resilience.schedule.FaultRuns.Trouble;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call that changes something at a provider goes wrong in every way, one at a time. */
@Execution(ExecutionMode.CONCURRENT)
class FaultTest {
    @ParameterizedTest
    @MethodSource("everyCallInEveryTrouble")
    void aCallThatGoesWrongLeavesNothingBehind(Call call, Trouble trouble) throws InterruptedException {
        assertThat(WORLDS.violations(harness -> new FaultRuns(harness).run(call, trouble)))
                .isEmpty();
    }

    static Stream<Arguments> everyCallInEveryTrouble() {
        List<Call> calls = Call.of(SharedHarnesses.points());
        assertThat(calls).hasSizeGreaterThan(10);
        return calls.stream()
                .flatMap(call -> Arrays.stream(Trouble.values()).map(trouble -> Arguments.of(call, trouble)));
    }
}
