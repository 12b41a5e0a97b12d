package io.nodeledger.base.messaging;

import io.nodeledger.events.cause.Cause;
import java.util.HashMap;
import java.util.Map;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.messaging.Message;
import org.axonframework.messaging.correlation.CorrelationDataProvider;

/**
 * What a message passes on to those that it leads to: its metadata, and itself as their cause. So the last step of an
 * operation still names the actor, the workspace and the request that began it.
 */
public final class Causation implements CorrelationDataProvider {

    /** What metadata begins with that concerns one message alone and is not passed on. */
    public static final String OWN = "own:";

    @Override
    public Map<String, ?> correlationDataFor(Message<?> message) {
        var passedOn = new HashMap<String, Object>();
        message.getMetaData().forEach((key, value) -> {
            if (value != null && !key.startsWith(OWN)) {
                passedOn.put(key, value.toString());
            }
        });
        switch (message) {
            case CommandMessage<?> command ->
                passedOn.put(Cause.COMMAND, command.getPayloadType().getSimpleName());
            case EventMessage<?> event -> passedOn.put(Cause.CAUSING_EVENT_ID, event.getIdentifier());
            default -> {}
        }
        return passedOn;
    }
}
