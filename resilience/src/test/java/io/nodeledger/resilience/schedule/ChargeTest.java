package io.nodeledger.resilience.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.resilience.crash.CrashPoint;
import io.nodeledger.resilience.crash.CrashPoint.Moment;
import io.nodeledger.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * A sample of the crashes of charging, the same in each run of a seed; {@code ./nodeledger bench crash charges} goes through
 * all of them. Set {@code -Dnodeledger.crash.seed} for another sample.
 */
@Execution(ExecutionMode.CONCURRENT)
class ChargeTest {
    private static final long SEED = Long.getLong("nodeledger.crash.seed", 1);
    private static final int POINTS = 2;

    private static final Harnesses WORLDS = new Harnesses(1, ChargeRuns.settings());
    private static final Harnesses SHARED_WORLDS = new Harnesses(1, ChargeRivalRuns.settings());

    @AfterAll
    static void close() throws IOException {
        WORLDS.close();
        SHARED_WORLDS.close();
    }

    @Test
    void aDayIsChargedOnceWhereverAnInstanceAndItsSuccessorCrash() throws InterruptedException {
        List<CrashPoint> points = WORLDS.ask(harness -> new ChargeRuns(harness).record());
        var order = new ArrayList<>(points);
        Collections.shuffle(order, new Random(SEED));

        for (CrashPoint point : order.subList(0, POINTS)) {
            assertNothingIsLost(List.of(point));
        }
        assertNothingIsLost(order.subList(POINTS, POINTS + 2));
    }

    private static void assertNothingIsLost(List<CrashPoint> crashes) throws InterruptedException {
        assertThat(WORLDS.violations(
                        harness -> new ChargeRuns(harness).run(crashes).violations()))
                .as(crashes.toString())
                .isEmpty();
    }

    @Test
    void anInstanceThatLostItsTurnChangesNothingWhenItGoesOnWithWhatItKnew() throws InterruptedException {
        var beforeItTells = new CrashPoint("command ChargeWorkspace", 2, Moment.BEFORE);

        assertThat(SHARED_WORLDS.violations(harness -> new ChargeRivalRuns(harness).pause(beforeItTells)))
                .isEmpty();
    }

    @Test
    void twoInstancesThatChargeAtOnceChargeOnce() throws InterruptedException {
        assertThat(SHARED_WORLDS.violations(harness -> new ChargeRivalRuns(harness).atOnce()))
                .isEmpty();
    }

    @Test
    void aDatabaseThatIsKilledMeanwhileLosesNoCharge(@TempDir Path folder) throws Exception {
        try (var server = PostgresServer.durable();
                var harness = Harness.in(folder, server.createDatabase(), ChargeRuns.settings())) {
            assertThat(new ChargeRestartRuns(harness, server).run(2, SEED)).isEmpty();
        }
    }
}
