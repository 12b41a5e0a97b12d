package io.nodeledger.base.dispatch;

import io.nodeledger.base.eventstore.EventPosition;
import io.nodeledger.base.idempotency.AnsweredMeanwhile;
import io.nodeledger.base.idempotency.IdempotencyKey;
import io.nodeledger.base.idempotency.RepeatableCalls;
import io.nodeledger.base.security.RequestCause;
import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.RefusalErrors;
import io.nodeledger.events.refusal.Refusal;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.modelling.command.AggregateNotFoundException;

/** Sends commands with their cause, once for each key, and waits for the answer. */
public final class CommandDispatch {
    /** Header that tells where a write ended, for {@code X-Min-Event-Position} of a read. */
    public static final String POSITION = "X-Event-Position";

    /** Well above every retry of a conflict; a command that takes longer is stuck. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final CommandGateway gateway;
    private final RepeatableCalls calls;

    public CommandDispatch(CommandGateway gateway, RepeatableCalls calls) {
        this.gateway = gateway;
        this.calls = calls;
    }

    /**
     * Sends the command with the request's cause, and answers what the model answered: now, or to the first request with
     * the same {@code Idempotency-Key}.
     *
     * @param missing what the caller is told when there is no such aggregate
     * @throws ApiException 404 when there is no such aggregate, 503 when no answer came in time, and what becomes of an
     *     {@link IdempotencyKey} that is malformed, in use or used up
     */
    public <T> T send(
            HttpServletRequest request, String workspaceId, Object command, Class<T> answer, ApiError missing) {
        return decide(request, workspaceId, answer, missing, sending -> sending.send(command));
    }

    /**
     * The same for a command that can't be made of the request alone, but of what changes by itself, like plans on offer.
     *
     * @param decision makes the command and sends it; not asked where the key has its answer
     * @throws ApiException as {@link #send}, and what the decision throws
     */
    public <T> T decide(
            HttpServletRequest request, String workspaceId, Class<T> answer, ApiError missing, Decision<T> decision) {
        var key = IdempotencyKey.of(request, workspaceId);
        Sending<T> sending = command -> sent(message(request, workspaceId, key, command), answer, missing);
        return key.map(named -> calls.once(named, answer, () -> decision.by(sending)))
                .orElseGet(() -> decision.by(sending));
    }

    /** Sends a command and answers what the model answers. */
    @FunctionalInterface
    public interface Sending<T> {
        T send(Object command);
    }

    /** Makes of a request the command that it means now. */
    @FunctionalInterface
    public interface Decision<T> {
        T by(Sending<T> sending);
    }

    private static CommandMessage<?> message(
            HttpServletRequest request, String workspaceId, Optional<IdempotencyKey> key, Object command) {
        var cause = RequestCause.of(
                        request, workspaceId, key.map(IdempotencyKey::value).orElse(null))
                .forCommand(command.getClass().getSimpleName());
        var message = GenericCommandMessage.asCommandMessage(command).andMetaData(cause.asMetadata());
        return key.map(RepeatableCalls::metadata).map(message::andMetaData).orElse(message);
    }

    private <T> T sent(CommandMessage<?> command, Class<T> answer, ApiError missing) {
        try {
            return answer.cast(gateway.send(command).get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
        } catch (ExecutionException failed) {
            throw switch (failed.getCause()) {
                case AggregateNotFoundException _ -> new ApiException(missing);
                case ApiException refused -> refused;
                case AnsweredMeanwhile elsewhere -> elsewhere;
                case null -> new CommandFailed(failed);
                case Throwable cause -> new CommandFailed(cause);
            };
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
