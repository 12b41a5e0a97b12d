package io.nodeledger.base.messaging;

import java.sql.SQLException;
import java.util.Set;
import org.axonframework.modelling.command.ConcurrencyException;
import org.jspecify.annotations.Nullable;

/** Tells apart what another attempt on fresh state will mend from what it will not. */
final class Conflicts {

    /** PostgreSQL's serialization failure and deadlock. */
    private static final Set<String> TRANSIENT_STATES = Set.of("40001", "40P01");

    private Conflicts() {}

    static boolean isConflict(@Nullable Throwable failure) {
        for (var each = failure; each != null; each = each.getCause()) {
            if (each instanceof ConcurrencyException) {
                return true;
            }
            if (each instanceof SQLException sql && sql.getSQLState() != null) {
                if (TRANSIENT_STATES.contains(sql.getSQLState())) {
                    return true;
                }
            }
        }
        return false;
    }
}
