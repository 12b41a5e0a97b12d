package io.nodeledger.webhook.relay;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.v1.CloudEventBuilder;
import io.nodeledger.base.eventstore.Epoch;
import io.nodeledger.base.eventstore.SettledEvents;
import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.external.CreditNotice;
import io.nodeledger.events.external.ExternalType;
import io.nodeledger.events.external.LifecycleNotice;
import io.nodeledger.events.external.TransitionNotice;
import io.nodeledger.events.external.WebhookNotice;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.events.webhook.WebhookEvent;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.webhook.relay.StreamRecords.Change;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/** Lifecycle events as others are told them: CloudEvents 1.0 (source: architecture, "Out"). */
final class Notices {
    /** Where the schemas of their data are described. */
    private static final URI LIFECYCLE = URI.create("/asyncapi.json#/components/schemas/LifecycleNotice");

    private static final URI CREDITS = URI.create("/asyncapi.json#/components/schemas/CreditNotice");

    private static final URI WEBHOOKS = URI.create("/asyncapi.json#/components/schemas/WebhookNotice");

    private static final URI TRANSITIONS = URI.create("/asyncapi.json#/components/schemas/TransitionNotice");

    private Notices() {}

    static CloudEvent ofNode(Change<NodeEvent, NodeRecord> change) {
        var event = change.event();
        String workspaceId = change.after().origin().workspaceId();
        return notice(change.message(), workspaceId, event.effectiveAt())
                .withType(ExternalType.of(event))
                .withSource(URI.create("/api/v1/workspaces/" + workspaceId + "/nodes"))
                .withSubject(event.nodeId())
                .withDataSchema(LIFECYCLE)
                .withExtension("partitionkey", event.nodeId())
                .withData(ExternalJson.bytes(
                        LifecycleNotice.of(event, change.before(), change.after(), cause(change.message()))))
                .build();
    }

    /** What happened to a transition: under the key of its workspace, which is what moves. */
    static CloudEvent ofTransition(Change<TransitionEvent, TransitionRecord> change) {
        var event = change.event();
        String workspaceId = event.workspaceId();
        return notice(change.message(), workspaceId, event.effectiveAt())
                .withType(ExternalType.of(event))
                .withSource(URI.create("/api/v1/workspaces/" + workspaceId + "/nodes/transition"))
                .withSubject(event.transitionId())
                .withDataSchema(TRANSITIONS)
                .withExtension("partitionkey", workspaceId)
                .withData(ExternalJson.bytes(
                        TransitionNotice.of(event, change.before(), change.after(), cause(change.message()))))
                .build();
    }

    /** What happened to a workspace, if it is told. */
    static Optional<CloudEvent> of(DomainEventMessage<?> message, WorkspaceEvent event) {
        String workspaceId = event.workspaceId();
        return ExternalType.of(event)
                .map(type -> notice(message, workspaceId, event.effectiveAt())
                        .withType(type)
                        .withSource(URI.create("/api/v1/workspaces/" + workspaceId))
                        .withSubject(workspaceId)
                        .withDataSchema(CREDITS)
                        .withExtension("partitionkey", workspaceId)
                        .withData(ExternalJson.bytes(CreditNotice.of(event, cause(message))))
                        .build());
    }

    /** What happened to a webhook endpoint, if it is told: to those who are told of its workspace. */
    static Optional<CloudEvent> of(DomainEventMessage<?> message, WebhookEvent event) {
        String workspaceId = event.workspaceId();
        return ExternalType.of(event)
                .map(type -> notice(message, workspaceId, event.effectiveAt())
                        .withType(type)
                        .withSource(URI.create("/api/v1/workspaces/" + workspaceId + "/nodes/webhooks"))
                        .withSubject(event.endpointId())
                        .withDataSchema(WEBHOOKS)
                        .withExtension("partitionkey", workspaceId)
                        .withData(ExternalJson.bytes(WebhookNotice.of(event, cause(message))))
                        .build());
    }

    private static CloudEventBuilder notice(DomainEventMessage<?> message, String workspaceId, Instant at) {
        long position = SettledEvents.positionOf((TrackedEventMessage<?>) message);
        return new CloudEventBuilder()
                .withId(message.getIdentifier())
                .withTime(at.atOffset(ZoneOffset.UTC))
                .withDataContentType("application/json")
                .withExtension("sequence", ordered(Epoch.inFront(position, message.getSequenceNumber())))
                .withExtension("position", ordered(position))
                .withExtension(TraceParent.HEADER, TraceParent.of(cause(message), message.getIdentifier()))
                .withExtension("workspaceid", workspaceId);
    }

    private static Cause cause(DomainEventMessage<?> message) {
        return Cause.fromMetadata(message.getMetaData());
    }

    /** Sorts as a text the way it does as a number, which is what CloudEvents wants of a sequence. */
    private static String ordered(long number) {
        return "%019d".formatted(number);
    }
}
