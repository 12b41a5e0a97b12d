package io.nodeledger.resilience.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.simulators.fault.FaultKind;
import io.nodeledger.testing.PostgresServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Case 18, for a few seconds; {@code ./nodeledger bench crash outages} makes outages of minutes. */
@Execution(ExecutionMode.CONCURRENT)
class OutageTest {
    @Test
    void case18ProvidersOutOfReachDelayEverythingAndHarmNothing(@TempDir Path folder) throws Exception {
        try (var harness = Harness.in(folder, PostgresServer.newDatabase(), RestoreRuns.OFTEN)) {
            assertThat(new OutageRuns(harness).run(1, FaultKind.PARTITION, Duration.ofSeconds(5)))
                    .isEmpty();
        }
    }
}
