package io.nodeledger.webhook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.TransitionEvent.NodesReserved;
import io.nodeledger.events.transition.TransitionEvent.SharedTransitionScheduled;
import io.nodeledger.events.transition.TransitionEvent.SharedTransitionStarted;
import io.nodeledger.events.transition.TransitionEvent.TransitionTurnedBack;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventsourcing.eventstore.EmbeddedEventStore;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.junit.jupiter.api.Test;

/** What others are told of a transition. */
class BatchNoticesTest {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Cause CAUSE =
            new Cause("user-1", "user", "admin", "ws-1", "req-1", "192.0.2.7", null, "Command", null);
    private static final List<TransitionEvent> EVENTS = List.of(
            new SharedTransitionScheduled(
                    "trans-1", "ws-1", "ns", MigrationStrategy.ROLLING, null, true, List.of(), 0, 180, null, AT),
            new SharedTransitionStarted("trans-1", "ws-1", List.of(), AT),
            new NodesReserved("trans-1", "ws-1", List.of(), AT),
            new TransitionTurnedBack("trans-1", "ws-1", "BLOCKED", "Because", AT));

    private final List<DomainEventMessage<?>> log = log();
    private final EventStore store = store();

    @Test
    void whatLeavesOfATransitionIsToldInItsOrderUnderItsWorkspace() {
        List<CloudEvent> notices = told().of(batch(0));

        assertThat(notices)
                .extracting(CloudEvent::getType)
                .containsExactly("transition.scheduled", "transition.started", "transition.turned_back");
        assertThat(notices).allSatisfy(notice -> {
            assertThat(notice.getSubject()).isEqualTo("trans-1");
            assertThat(notice.getExtension("partitionkey")).isEqualTo("ws-1");
            assertThat(notice.getExtension("workspaceid")).isEqualTo("ws-1");
            assertThat(notice.getSource()).hasPath("/api/v1/workspaces/ws-1/nodes/transition");
        });
        assertThat(notices.getFirst().getId()).isEqualTo(log.getFirst().getIdentifier());
    }

    @Test
    void whoBeginsInTheMiddleKnowsWhatWasBeforeFromTheStream() {
        List<CloudEvent> notices = told().of(batch(3));

        assertThat(text(notices.getFirst()))
                .contains("\"before\":{\"status\":\"draining\"}", "\"code\":\"BLOCKED\"", "\"type\":\"shared\"");
    }

    private static String text(CloudEvent notice) {
        return new String(Objects.requireNonNull(notice.getData()).toBytes(), StandardCharsets.UTF_8);
    }

    private BatchNotices told() {
        return new BatchNotices(StreamRecords.ofNodes(store, 10), StreamRecords.ofTransitions(store, 10));
    }

    private List<TrackedEventMessage<?>> batch(int from) {
        var batch = new ArrayList<TrackedEventMessage<?>>();
        for (int i = from; i < log.size(); i++) {
            batch.add(new GenericTrackedDomainEventMessage<>(
                    GapAwareTrackingToken.newInstance(i + 1L, List.of()), log.get(i)));
        }
        return batch;
    }

    private static List<DomainEventMessage<?>> log() {
        var log = new ArrayList<DomainEventMessage<?>>();
        for (TransitionEvent event : EVENTS) {
            log.add(new GenericDomainEventMessage<>(
                    "PlanTransition", "trans-1", log.size(), event, CAUSE.asMetadata()));
        }
        return log;
    }

    private EventStore store() {
        var engine = new InMemoryEventStorageEngine();
        engine.appendEvents(log);
        return EmbeddedEventStore.builder().storageEngine(engine).build();
    }
}
