package io.nodeledger.base.eventstore;

import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.EventMessage;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * Finds the event of a batch whose place in its stream was taken already.
 *
 * <p>It matters which: losing a stream's first place means 'this aggregate exists', losing a later one means 'decide
 * again on fresh state', and a command that touches two aggregates can lose either.
 */
final class LostAppend {

    private static final Pattern TAKEN =
            Pattern.compile("\\(aggregate_identifier, sequence_number\\)=\\((.*), (\\d+)\\)", Pattern.DOTALL);

    private LostAppend() {}

    static EventMessage<?> find(SQLException failure, List<? extends EventMessage<?>> events) {
        var detail = detail(failure);
        if (detail != null) {
            var taken = TAKEN.matcher(detail);
            if (taken.find()) {
                var stream = taken.group(1);
                var sequence = Long.parseLong(taken.group(2));
                for (var event : events) {
                    if (event instanceof DomainEventMessage<?> candidate
                            && candidate.getSequenceNumber() == sequence
                            && stream.equals(candidate.getAggregateIdentifier())) {
                        return event;
                    }
                }
            }
        }
        return events.getFirst();
    }

    private static @Nullable String detail(SQLException failure) {
        for (SQLException each = failure; each != null; each = each.getNextException()) {
            if (each instanceof PSQLException postgres && postgres.getServerErrorMessage() != null) {
                return postgres.getServerErrorMessage().getDetail();
            }
        }
        return null;
    }
}
