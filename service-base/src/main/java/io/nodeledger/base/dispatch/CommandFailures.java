package io.nodeledger.base.dispatch;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ExceptionMapping;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.axonframework.modelling.command.ConcurrencyException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Which failed commands may succeed soon: those that lost against other writers until their retries were used up, and
 * those whose database was out of reach. Both are 503.
 */
public final class CommandFailures implements ExceptionMapping {
    private static final Logger log = LoggerFactory.getLogger(CommandFailures.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    /** SQL states of lost connections, exhausted resources, operator intervention and transactions that took too long. */
    private static final String PASSING_STATES = "08|53|57|40|25P03|25P04";

    @Override
    public Optional<ApiError> errorFor(Throwable failure) {
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (isPassing(each)) {
                log.warn("A command did not get through: {}", each.toString());
                return Optional.of(ApiError.unavailable(RETRY));
            }
        }
        return Optional.empty();
    }

    private static boolean isPassing(Throwable failure) {
        return switch (failure) {
            case ConcurrencyException _,
                    DataAccessResourceFailureException _,
                    TransientDataAccessException _,
                    TransactionException _ -> true;
            case SQLException sql ->
                sql.getSQLState() != null && sql.getSQLState().matches("(" + PASSING_STATES + ").*");
            default -> false;
        };
    }
}
