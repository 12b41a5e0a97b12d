package io.nodeledger.webhook.relay;

import io.cloudevents.CloudEvent;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.events.webhook.WebhookEvent;
import io.nodeledger.events.workspace.WorkspaceEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/** What others are told of a batch of the log. */
record BatchNotices(
        StreamRecords<NodeEvent, NodeRecord> nodes, StreamRecords<TransitionEvent, TransitionRecord> transitions) {
    /** The notices of what leaves of a batch, in its order. */
    List<CloudEvent> of(List<TrackedEventMessage<?>> events) {
        var notices = new ArrayList<CloudEvent>(events.size());
        for (TrackedEventMessage<?> message : events) {
            if (message instanceof DomainEventMessage<?> happened) {
                of(happened).ifPresent(notices::add);
            }
        }
        return notices;
    }

    /** What does not leave is folded all the same, for what follows it. */
    private Optional<CloudEvent> of(DomainEventMessage<?> message) {
        return switch (message.getPayload()) {
            case NodeEvent event -> {
                var change = nodes.change(message);
                yield event instanceof NodeEvent.Progress ? Optional.empty() : Optional.of(Notices.ofNode(change));
            }
            case TransitionEvent event -> {
                var change = transitions.change(message);
                yield event instanceof TransitionEvent.Internal
                        ? Optional.empty()
                        : Optional.of(Notices.ofTransition(change));
            }
            case WorkspaceEvent event -> Notices.of(message, event);
            case WebhookEvent event -> Notices.of(message, event);
            default -> Optional.empty();
        };
    }
}
