package io.nodeledger.base.messaging;

import io.nodeledger.base.eventstore.NewerEvent;
import java.sql.SQLException;
import java.util.Set;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.TransactionException;

/**
 * Tells apart a database that can't be reached, is overloaded or was lost to somebody else, and what only a newer version knows,
 * which pass without anybody's doing, from a failure that comes again however often the same is tried.
 */
public final class Outages {

    /** SQLSTATE classes of statements that are wrong: bad data, broken constraint, bad SQL. */
    private static final Set<String> WRONG_STATEMENT = Set.of("22", "23", "42");

    private Outages() {}

    /** Whether the failure was the database's and will pass. */
    public static boolean explain(@Nullable Throwable failure) {
        for (var each = failure; each != null; each = each.getCause()) {
            if (each instanceof SQLException sql) {
                return isPassing(sql);
            }
            if (each instanceof TransactionException
                    || each instanceof ConcurrencyException
                    || each instanceof NewerEvent) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPassing(SQLException failure) {
        var state = failure.getSQLState();
        return state == null || state.length() < 2 || !WRONG_STATEMENT.contains(state.substring(0, 2));
    }
}
