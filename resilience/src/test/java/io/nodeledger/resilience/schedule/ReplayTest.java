package io.nodeledger.resilience.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.resilience.check.ReadTables;
import io.nodeledger.resilience.schedule.FaultRuns.Call;
import io.nodeledger.resilience.schedule.FaultRuns.Trouble;
import io.nodeledger.testing.PostgresServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One replay; {@code ./nodeledger bench crash replays} makes many. */
@Execution(ExecutionMode.CONCURRENT)
class ReplayTest {
    private static final List<Act> CRASHES_ON_THE_WAY = List.of(
            new Act.Provision(0),
            new Act.Provision(1),
            new Act.Pause(150),
            new Act.Crash(),
            new Act.Break(0, Trouble.PERMANENT),
            new Act.Provision(2),
            new Act.Pause(300),
            new Act.Crash(),
            new Act.Delete(0, false));

    @TempDir
    private Path folder;

    @Test
    void readModelsThatLivedThroughCrashesEqualAReplay() throws Exception {
        var database = PostgresServer.newDatabase();
        try (var harness = Harness.in(folder, database, ReplayRuns.settings())) {
            List<Call> calls = Call.of(SharedHarnesses.points());

            assertThat(new ReplayRuns(harness, calls).run(CRASHES_ON_THE_WAY)).isEmpty();

            var tables = new ReadTables(database);
            tables.keep(List.of("nodes", "node_counts"));
            JdbcClient.create(database.dataSource())
                    .sql("update query.node_counts set nodes = nodes + 1")
                    .update();
            assertThat(tables.differences(List.of("nodes", "node_counts")))
                    .as("a lie would be seen")
                    .isNotEmpty()
                    .allMatch(difference -> difference.startsWith("I7: node_counts"));
        }
    }
}
