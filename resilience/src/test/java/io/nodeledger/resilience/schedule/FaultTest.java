package io.nodeledger.resilience.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.resilience.schedule.FaultRuns.Call;
import io.nodeledger.resilience.schedule.FaultRuns.Trouble;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every call that changes something at a provider goes wrong in every way, one at a time. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultTest {
    @RegisterExtension
    final SharedHarness shared = new SharedHarness();

    private final FaultRuns runs = new FaultRuns(shared.harness());
    private List<Call> calls = List.of();

    @BeforeAll
    void record() throws InterruptedException {
        calls = Call.of(new CrashRuns(shared.harness()).record());
        assertThat(calls).hasSizeGreaterThan(10);
    }

    @ParameterizedTest
    @MethodSource("everyCallInEveryTrouble")
    void aCallThatGoesWrongLeavesNothingBehind(Call call, Trouble trouble) throws InterruptedException {
        List<String> violations = runs.run(call, trouble);

        if (trouble == Trouble.PERMANENT && call.path().contains("iso")) {
            // A provider that never lets a seed go keeps it: its token is dead, and the node need not stay for it.
            assertThat(violations).allMatch(violation -> violation.contains("seed"));
        } else {
            assertThat(violations).isEmpty();
        }
    }

    Stream<Arguments> everyCallInEveryTrouble() {
        return calls.stream()
                .flatMap(call -> Arrays.stream(Trouble.values()).map(trouble -> Arguments.of(call, trouble)));
    }
}
