package io.nodeledger.base.eventstore;

import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;

/**
 * Keeps those who come in numbers from the connections that others need. Steps of operations come by the hundreds at once, and
 * nobody minds when one of them waits a moment; requests are waited for, and so are projections, also by the requests that
 * would take their connections.
 */
public final class ConnectionPools extends AbstractRoutingDataSource {
    private enum Pool {
        CROWD,
        PROJECTIONS,
        OTHERS
    }

    private static final ScopedValue<Pool> POOL = ScopedValue.newInstance();

    ConnectionPools(DataSource crowd, DataSource projections, DataSource others) {
        setTargetDataSources(Map.of(Pool.CROWD, crowd, Pool.PROJECTIONS, projections, Pool.OTHERS, others));
        afterPropertiesSet();
    }

    /** Does something as one of many. */
    public static <T, E extends Exception> T inCrowd(ScopedValue.CallableOp<T, E> work) throws E {
        return ScopedValue.where(POOL, Pool.CROWD).call(work);
    }

    /**
     * Does what folds events into tables, together with the token. Its commits wait for no disk: a crash of the database may
     * take the last ones back, each whole, and they are folded again.
     */
    public static void inProjections(Runnable work) {
        ScopedValue.where(POOL, Pool.PROJECTIONS).run(work);
    }

    @Override
    protected Object determineCurrentLookupKey() {
        return POOL.orElse(Pool.OTHERS);
    }
}
