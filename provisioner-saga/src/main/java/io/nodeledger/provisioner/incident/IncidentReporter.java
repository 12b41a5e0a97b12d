package io.nodeledger.provisioner.incident;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.NodeCommand.RecordObservation;
import io.nodeledger.provisioner.incident.HealthCheck.News;
import java.time.InstantSource;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.axonframework.eventsourcing.eventstore.EventStore;

/** Tells nodes how they are. What is no longer so when the node hears of it is told by the next check. */
final class IncidentReporter {
    private static final String ACTOR = "health-check";

    private final EventStore events;
    private final CommandGateway commands;
    private final InstantSource clock;

    IncidentReporter(EventStore events, CommandGateway commands, InstantSource clock) {
        this.events = events;
        this.commands = commands;
        this.clock = clock;
    }

    void tell(News news) {
        long sequence = events.lastSequenceNumberFor(news.nodeId()).orElse(-1L);
        var command =
                new RecordObservation(news.nodeId(), news.workspaceId(), sequence, news.observation(), clock.instant());
        var cause = new Cause(
                ACTOR,
                "system",
                "platform",
                news.workspaceId(),
                Ids.task().replace("task-", "check-"),
                null,
                null,
                "RecordObservation",
                null);
        var _ = commands.sendAndWait(
                GenericCommandMessage.asCommandMessage(command).withMetaData(cause.asMetadata()));
    }
}
