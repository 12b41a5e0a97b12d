package io.nodeledger.base.eventstore;

import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Keeps a crowd from the connections that everybody else needs. Steps of operations come by the hundreds at once, and nobody
 * minds when one of them waits a moment; requests and projections are waited for.
 */
public final class CrowdConnections extends AbstractRoutingDataSource {
    private static final ScopedValue<Boolean> IN_CROWD = ScopedValue.newInstance();
    private static final String CROWD = "crowd";
    private static final String OTHERS = "others";

    CrowdConnections(DataSource crowd, DataSource others) {
        setTargetDataSources(Map.of(CROWD, crowd, OTHERS, others));
        afterPropertiesSet();
    }

    /** Does something as one of many; its connections are those of the crowd. */
    public static <T, E extends Exception> T within(ScopedValue.CallableOp<T, E> work) throws E {
        return ScopedValue.where(IN_CROWD, true).call(work);
    }

    @Override
    protected Object determineCurrentLookupKey() {
        return IN_CROWD.isBound() ? CROWD : OTHERS;
    }
}
