package io.nodeledger.query;

import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceRegistered;
import io.nodeledger.events.workspace.WorkspacePlan;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** Beginnings of workspaces. */
public final class Workspaces {
    private static final Instant BEGIN = Instant.parse("2024-01-01T00:00:00Z");

    private Workspaces() {}

    public static List<WorkspaceEvent> registered(String id) {
        return List.of(
                new WorkspaceRegistered(id, WorkspacePlan.PRO, 5, "us-west-2", "ns-" + id, false, BEGIN),
                new CreditsGranted(id, new BigDecimal("1000.00"), "welcome", BEGIN.plusSeconds(1)));
    }
}
