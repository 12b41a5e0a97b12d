package io.nodeledger.resilience.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.testing.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One pause; {@code ./nodeledger bench crash pauses} makes many. */
@Execution(ExecutionMode.CONCURRENT)
class PauseTest {
    @Test
    void anInstanceThatStoodStillForLongerThanItsLeasesDoesNoHarmWhenItGoesOn(@TempDir Path folder) throws Exception {
        try (var harness = Harness.in(folder, PostgresServer.newDatabase())) {
            assertThat(new PauseRuns(harness).run(1)).isEmpty();
        }
    }
}
