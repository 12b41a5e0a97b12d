package io.nodeledger.resilience.schedule;

import io.nodeledger.testing.TestDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose turn it is at a duty; an instance that died or stands still keeps it for a while, for which no schedule waits. */
final class DutyTurn {
    private final JdbcClient jdbc;
    private final String duty;

    private DutyTurn(TestDatabase database, String duty) {
        this.jdbc = JdbcClient.create(database.keptConnections());
        this.duty = duty;
    }

    /** The turn to charge. */
    static DutyTurn charging(TestDatabase database) {
        return new DutyTurn(database, "charging");
    }

    /** The turn to work on each transition. */
    static DutyTurn transitions(TestDatabase database) {
        return new DutyTurn(database, "transition");
    }

    /** The turn is over, as when nobody has been heard of for so long. */
    void end() {
        jdbc.sql("update provisioner.region_turn set held_until = now() - interval '1 s' where duty = ?")
                .param(duty)
                .update();
    }
}
