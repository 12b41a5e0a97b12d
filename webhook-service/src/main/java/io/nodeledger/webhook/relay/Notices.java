package io.nodeledger.webhook.relay;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.nodeledger.base.eventstore.SettledEvents;
import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.external.ExternalType;
import io.nodeledger.events.external.LifecycleNotice;
import io.nodeledger.webhook.relay.NodeRecords.Change;
import java.net.URI;
import java.time.ZoneOffset;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/** Lifecycle events as others are told them: CloudEvents 1.0 (source: architecture, "Out"). */
final class Notices {
    /** Where the schema of their data is described. */
    private static final URI SCHEMA = URI.create("/asyncapi.json#/components/schemas/LifecycleNotice");

    private Notices() {}

    static CloudEvent of(Change change) {
        DomainEventMessage<?> message = change.message();
        var event = change.event();
        var cause = Cause.fromMetadata(message.getMetaData());
        String workspaceId = change.after().origin().workspaceId();
        return CloudEventBuilder.v1()
                .withId(message.getIdentifier())
                .withType(ExternalType.of(event))
                .withSource(URI.create("/api/v1/workspaces/" + workspaceId + "/nodes"))
                .withSubject(event.nodeId())
                .withTime(event.effectiveAt().atOffset(ZoneOffset.UTC))
                .withDataContentType("application/json")
                .withDataSchema(SCHEMA)
                .withExtension("partitionkey", event.nodeId())
                .withExtension("sequence", ordered(message.getSequenceNumber()))
                .withExtension("position", ordered(SettledEvents.positionOf((TrackedEventMessage<?>) message)))
                .withExtension("traceparent", TraceParent.of(cause.requestId(), message.getIdentifier()))
                .withExtension("workspaceid", workspaceId)
                .withData(ExternalJson.bytes(LifecycleNotice.of(event, change.before(), change.after(), cause)))
                .build();
    }

    /** Sorts as a text the way it does as a number, which is what CloudEvents wants of a sequence. */
    private static String ordered(long number) {
        return "%019d".formatted(number);
    }
}
