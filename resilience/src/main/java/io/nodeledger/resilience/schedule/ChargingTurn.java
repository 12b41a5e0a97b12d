package io.nodeledger.resilience.schedule;

import io.nodeledger.testing.TestDatabase;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Whose turn it is to charge; an instance that died keeps it for a minute, for which no schedule waits. */
final class ChargingTurn {
    private final JdbcClient jdbc;

    ChargingTurn(TestDatabase database) {
        this.jdbc = JdbcClient.create(database.keptConnections());
    }

    /** The turn is over, as when nobody has been heard of for so long. */
    void end() {
        jdbc.sql("update provisioner.region_turn set held_until = now() - interval '1 s' where duty = 'charging'")
                .update();
    }
}
