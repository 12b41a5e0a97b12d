package io.nodeledger.resilience.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.resilience.crash.CrashPoint;
import io.nodeledger.resilience.crash.CrashPoint.Moment;
import io.nodeledger.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * A sample of the crashes of charging, the same in each run of a seed; {@code ./nodeledger bench crash charges} goes through
 * all of them. Set {@code -Dnodeledger.crash.seed} for another sample.
 */
@Execution(ExecutionMode.CONCURRENT)
class ChargeTest {
    private static final String WORLD = "the world of one instance";
    private static final long SEED = Long.getLong("nodeledger.crash.seed", 1);
    private static final int CHARGES = 15;
    private static final int CHARGES_OF_A_DAY = 3;

    private static final Harnesses SHARED_WORLDS = new Harnesses(1, ChargeRivalRuns.settings());
    private static PostgresServer server;
    private static Harness harness;

    @BeforeAll
    static void start(@TempDir Path folder) throws IOException {
        server = PostgresServer.durable();
        harness = Harness.in(folder, server.createDatabase(), ChargeRuns.settings());
    }

    @AfterAll
    static void close() throws IOException {
        SHARED_WORLDS.close();
        harness.close();
        server.close();
    }

    @Test
    @ResourceLock(WORLD)
    void aDayIsChargedOnceWhereverAnInstanceAndItsSuccessorCrash() throws InterruptedException {
        var random = new Random(SEED);
        CrashPoint first = ChargeRuns.pointOf(CHARGES, random);
        CrashPoint second = ChargeRuns.pointOf(CHARGES_OF_A_DAY, random);

        var outcome = new ChargeRuns(harness).run(List.of(first, second));

        assertThat(outcome.violations()).as("%s, %s", first, second).isEmpty();
        assertThat(outcome.crashes()).as("%s, %s", first, second).isEqualTo(2);
    }

    @Test
    @ResourceLock(WORLD)
    void aDatabaseThatIsKilledMeanwhileLosesNoCharge() throws InterruptedException {
        assertThat(new ChargeRestartRuns(harness, server).run(1, SEED)).isEmpty();
    }

    @Test
    void anInstanceThatLostItsTurnChangesNothingWhenItGoesOnWithWhatItKnew() throws InterruptedException {
        var beforeItTells = new CrashPoint("command ChargeWorkspace", 2, Moment.BEFORE);

        assertThat(SHARED_WORLDS.violations(world -> new ChargeRivalRuns(world).pause(beforeItTells)))
                .isEmpty();
    }
}
