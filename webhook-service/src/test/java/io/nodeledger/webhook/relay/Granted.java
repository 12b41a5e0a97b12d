package io.nodeledger.webhook.relay;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.axonframework.eventhandling.GapAwareTrackingToken;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventhandling.GenericTrackedDomainEventMessage;
import org.axonframework.eventhandling.TrackedEventMessage;

/** A workspace's grants, as a relay is handed them. */
final class Granted {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Cause CAUSE =
            new Cause("user-1", "user", "admin", "ws-1", "req-1", "192.0.2.7", null, "GrantCredits", null);

    private Granted() {}

    /** So many, one after the other. */
    static List<TrackedEventMessage<?>> times(int count) {
        var events = new ArrayList<TrackedEventMessage<?>>();
        for (int i = 0; i < count; i++) {
            var event = new CreditsGranted("ws-1", BigDecimal.valueOf(i), null, AT);
            events.add(new GenericTrackedDomainEventMessage<>(
                    GapAwareTrackingToken.newInstance(i + 1L, List.of()),
                    new GenericDomainEventMessage<>("Workspace", "workspace-ws-1", i, event, CAUSE.asMetadata())));
        }
        return events;
    }
}
