package io.nodeledger.resilience.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.testing.PostgresServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One restore; {@code ./nodeledger bench crash restores} makes many. */
@Execution(ExecutionMode.CONCURRENT)
class RestoreTest {
    @Test
    void aDatabaseFromBeforeDestroysNothingThatItDoesNotKnow(@TempDir Path folder) throws Exception {
        try (var harness = Harness.in(folder, PostgresServer.newDatabase(), RestoreRuns.OFTEN)) {
            assertThat(new RestoreRuns(harness).run(1)).isEmpty();
        }
    }
}
