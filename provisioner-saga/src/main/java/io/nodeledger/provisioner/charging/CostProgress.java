package io.nodeledger.provisioner.charging;

import io.nodeledger.base.eventstore.Positions;
import io.nodeledger.base.eventstore.TokenStores;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How far the tables of the cost fold have come. The read side may not have made them yet. */
final class CostProgress {
    private static final String EXIST = "select to_regclass('query.metered_workspaces') is not null";

    private static final String PROCESSOR = """
            select 'query.' || read_model || '.g' || generation from query.projection_generation
             where read_model = 'costs' and state = 'active'""";

    private final JdbcClient jdbc;
    private final Positions positions;
    private final Duration patience;

    /**
     * Looks at the tables' processor.
     *
     * @param patience how long a look may wait for it
     */
    CostProgress(JdbcClient jdbc, Positions positions, Duration patience) {
        this.jdbc = jdbc;
        this.positions = positions;
        this.patience = patience;
    }

    /**
     * Whether everything that has been recorded by now is in the tables, hence also what was recorded before a day that is
     * over ended. What is recorded late is charged, or credited, with a later day.
     */
    boolean isUpToDate() {
        if (!jdbc.sql(EXIST).query(Boolean.class).single()) {
            return false;
        }
        return jdbc.sql(PROCESSOR)
                .query(String.class)
                .optional()
                .filter(name -> positions.awaitRecorded(name, TokenStores.table("query"), patience))
                .isPresent();
    }
}
