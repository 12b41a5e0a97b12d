package io.nodeledger.command.dispatch;

import io.nodeledger.base.eventstore.EventPosition;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.RefusalErrors;
import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.refusal.Refusal;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;

/** Sends commands with their cause and waits for the answer. */
public final class CommandDispatch {
    /** Header that tells where a write ended, for {@code X-Min-Event-Position} of a read. */
    public static final String POSITION = "X-Event-Position";

    /** Well above every retry of a conflict; a command that takes longer is stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final CommandGateway gateway;

    public CommandDispatch(CommandGateway gateway) {
        this.gateway = gateway;
    }

    /**
     * Sends the command and answers what the model answered.
     *
     * @param missing what the caller is told when there is no such aggregate
     * @throws ApiException 404 when there is no such aggregate, 503 when no answer came in time
     */
    public <T> T send(Object command, Cause cause, Class<T> answer, ApiError missing) {
        var message = GenericCommandMessage.asCommandMessage(command)
                .andMetaData(
                        cause.forCommand(command.getClass().getSimpleName()).asMetadata());
        try {
            return answer.cast(gateway.send(message).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof AggregateNotFoundException) {
                throw new ApiException(missing);
            }
            throw new CommandFailed(failed.getCause() == null ? failed : failed.getCause());
        } catch (TimeoutException stuck) {
            throw new ApiException(ApiError.unavailable(RETRY));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new ApiException(ApiError.unavailable(RETRY));
        }
    }

    /** The exception that tells the caller of a refusal. */
    public static ApiException refused(Refusal refusal) {
        return new ApiException(RefusalErrors.of(refusal));
    }

    /** The value of {@link #POSITION}. */
    public static String position(String stream, long sequence) {
        return new EventPosition(stream, sequence).encode();
    }
}
