package io.nodeledger.provisioner.transition;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.transition.record.TransitionRecord;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** Sends the commands of a transition, which the platform gives in its own name; the transition is their cause, and its trace theirs. */
final class PlatformCommands {
    private static final String ACTOR = "transitions";

    private final CommandGateway commands;
    private final TransitionStreams streams;

    PlatformCommands(CommandGateway commands, TransitionStreams streams) {
        this.commands = commands;
        this.streams = streams;
    }

    /** Sends a command and waits; the answer has the type that the command documents. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    <R> R send(TransitionRecord transition, Object command) {
        var cause = new Cause(
                ACTOR,
                "system",
                "platform",
                transition.plan().workspaceId(),
                transition.id(),
                null,
                null,
                command.getClass().getSimpleName(),
                null,
                streams.traceOf(transition.id()));
        return commands.sendAndWait(
                GenericCommandMessage.asCommandMessage(command).withMetaData(cause.asMetadata()));
    }
}
