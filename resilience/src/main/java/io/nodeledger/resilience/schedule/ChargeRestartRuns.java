package io.nodeledger.resilience.schedule;

import io.nodeledger.testing.PostgresServer;
import java.util.List;
import java.util.Random;

/** PostgreSQL is killed and comes back while weeks are charged that were missed. */
public final class ChargeRestartRuns {
    private static final int DAYS = 14;
    private static final int LONGEST_MOMENT = 300;

    private final Harness harness;
    private final PostgresServer server;

    public ChargeRestartRuns(Harness harness, PostgresServer server) {
        this.harness = harness;
        this.server = server;
    }

    /**
     * Charges so many times, with a restart in the middle of each.
     *
     * @param seed chooses the moments
     * @return what is not as it has to be
     */
    public List<String> run(int restarts, long seed) throws InterruptedException {
        var random = new Random(seed);
        var script = new ChargeScript(harness, () -> {});
        script.begin();
        for (int i = 0; i < restarts; i++) {
            script.pass(DAYS);
            Thread.sleep(random.nextInt(LONGEST_MOMENT));
            server.restartImmediately();
            script.charge(0);
        }
        script.live();
        return script.violations();
    }
}
