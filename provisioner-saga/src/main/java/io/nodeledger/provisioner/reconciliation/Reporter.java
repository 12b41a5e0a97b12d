package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.NodeCommand.RecordObservation;
import io.nodeledger.events.node.Observation;
import io.nodeledger.events.node.ObservationAnswer;
import io.nodeledger.provisioner.reconciliation.NodeReader.FreshNode;
import java.time.InstantSource;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;

/** Tells nodes what was seen of them, in the reconciler's own name. */
final class Reporter {
    private static final String ACTOR = "reconciler";
    private static final String ACTOR_TYPE = "system";
    private static final String ACTOR_ROLE = "platform";
    private static final String COMMAND = "RecordObservation";

    private final CommandGateway commands;
    private final InstantSource clock;

    Reporter(CommandGateway commands, InstantSource clock) {
        this.commands = commands;
        this.clock = clock;
    }

    /**
     * Records an observation.
     *
     * @param node the node as it was read before the look
     * @param requestId under what the pass is known, or the request of the operator who accepted its changes
     */
    ObservationAnswer report(FreshNode node, Observation observation, String requestId) {
        KnownNode known = node.node();
        var command = new RecordObservation(
                known.nodeId(), known.workspaceId(), node.sequence(), observation, clock.instant());
        var cause = new Cause(ACTOR, ACTOR_TYPE, ACTOR_ROLE, known.workspaceId(), requestId, null, null, COMMAND, null);
        return commands.sendAndWait(
                GenericCommandMessage.asCommandMessage(command).withMetaData(cause.asMetadata()));
    }
}
