package io.nodeledger.provisioner.charging;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.identity.Ids;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** Sends commands that nobody has asked for but the platform itself. */
final class SystemCommands {
    private static final String ACTOR = "credits";

    private final CommandGateway commands;

    SystemCommands(CommandGateway commands) {
        this.commands = commands;
    }

    /** Sends a command and waits; the answer has the type that the command documents. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    <R> R send(String workspaceId, Object command) {
        var cause = new Cause(
                ACTOR,
                "system",
                "platform",
                workspaceId,
                Ids.task().replace("task-", "charge-"),
                null,
                null,
                command.getClass().getSimpleName(),
                null);
        return commands.sendAndWait(
                GenericCommandMessage.asCommandMessage(command).withMetaData(cause.asMetadata()));
    }
}
