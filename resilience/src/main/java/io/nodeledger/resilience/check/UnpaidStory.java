package io.nodeledger.resilience.check;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a node that its workspace can't pay for and that nobody has asked to stop, read off the log in its order: it
 * is stopped for what is owed, not before the grace is over and not again (source: rulings 13).
 */
public final class UnpaidStory {
    private final String nodeId;
    private final String workspace;
    private final List<String> violations = new ArrayList<>();
    private @Nullable Instant graceEndsAt;
    private int stops;

    private UnpaidStory(String nodeId, String workspaceId) {
        this.nodeId = nodeId;
        this.workspace = "workspace:" + workspaceId;
    }

    /** What is wrong with the stops of a node whose workspace has owed for longer than its grace. */
    public static List<String> violations(List<RecordedEvent> log, String nodeId, String workspaceId) {
        var story = new UnpaidStory(nodeId, workspaceId);
        log.forEach(story::apply);
        if (story.stops != 1) {
            story.violations.add("I11: %s was not paid for and stopped %d times".formatted(nodeId, story.stops));
        }
        return story.violations;
    }

    private void apply(RecordedEvent event) {
        if (event.stream().equals(workspace)) {
            switch (event.type()) {
                case "CreditsExhausted" -> graceEndsAt = Instant.parse(event.text("graceEndsAt"));
                case "CreditsRestored" -> graceEndsAt = null;
                default -> {}
            }
        } else if (event.stream().equals(nodeId)) {
            switch (event.type()) {
                case "PowerOperationStarted" -> requireOverdue(Instant.parse(event.text("effectiveAt")));
                case "NodeStopped" -> stops++;
                default -> {}
            }
        }
    }

    private void requireOverdue(Instant at) {
        Instant end = graceEndsAt;
        if (end == null || at.isBefore(end)) {
            violations.add("I11: %s is stopped at %s, its grace ends %s"
                    .formatted(nodeId, at, end == null ? "never: nothing is owed" : end));
        }
    }
}
