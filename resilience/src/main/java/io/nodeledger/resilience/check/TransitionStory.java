package io.nodeledger.resilience.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** A transition's stream, folded by rules that are written down here once more. */
public final class TransitionStory {
    private static final Map<String, String> ENDS = Map.of(
            "TransitionCompleted", "completed",
            "TransitionFailed", "failed",
            "TransitionCancelled", "cancelled");
    /** What happens to a node of a transition, each once at most. */
    private static final Set<String> ONCE =
            Set.of("TransitionNodeReady", "NodeBackedUp", "TransitionNodeDrained", "TransitionNodeRemoved");
    /** What may happen again and again. */
    private static final Set<String> AGAIN = Set.of(
            "BackupStarted",
            "TransitionDelayed",
            "TransitionNeedsAttention",
            "TransitionPaused",
            "TransitionResumed",
            "WindowChanged");
    /** What happens on the way there, and not any more once it is undone. */
    private static final Set<String> FORWARD = Set.of(
            "NodesReserved",
            "TransitionNodeReady",
            "BackupStarted",
            "NodeBackedUp",
            "MigrationStarted",
            "TransitionNodeDrained",
            "WorkloadsMoved",
            "PlacementSwitched");

    private final List<String> violations = new ArrayList<>();
    private final Set<String> seen = new TreeSet<>();
    private final Map<String, String> volumes = new HashMap<>();
    private final String id;
    private String end = "";

    private TransitionStory(String id) {
        this.id = id;
    }

    /** Folds a stream. */
    public static TransitionStory of(String id, List<RecordedEvent> events) {
        var story = new TransitionStory(id);
        long expected = 0;
        for (RecordedEvent event : events) {
            if (event.sequence() != expected++) {
                story.violations.add(id + " has a gap in its stream before " + event.sequence());
            }
            story.apply(event);
        }
        return story;
    }

    /** The transition's id. */
    public String id() {
        return id;
    }

    /** Whether there is such a transition. */
    public boolean begun() {
        return !seen.isEmpty();
    }

    /** {@code completed}, {@code failed}, {@code cancelled} or, while it is under way, empty. */
    public String end() {
        return end;
    }

    /** Whether something has happened to it: an event's simple name. */
    public boolean has(String event) {
        return seen.contains(event);
    }

    /** The backups that were recorded, by node. */
    public Map<String, String> volumes() {
        return Map.copyOf(volumes);
    }

    /** What is wrong with the stream itself. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    private void apply(RecordedEvent event) {
        String type = event.type();
        if (!end.isEmpty()) {
            violations.add("I8: %s of %s, which is %s".formatted(type, id, end));
        }
        if (FORWARD.contains(type) && has("TransitionTurnedBack")) {
            violations.add("I8: %s of %s, which is being undone".formatted(type, id));
        }
        boolean first = seen.add(type);
        boolean firstOfNode = !ONCE.contains(type) || seen.add(type + " " + event.text("nodeId"));
        if (!firstOfNode || (!first && !ONCE.contains(type) && !AGAIN.contains(type))) {
            violations.add("I8: %s of %s comes twice: %s".formatted(type, id, event.payload()));
        }
        switch (type) {
            case "PlacementSwitched" -> require(type, "WorkloadsMoved");
            case "WorkloadsMoved" -> require(type, "MigrationStarted");
            case "WorkloadsMovedBack" -> require(type, "MigrationStarted");
            case "NodeBackedUp" -> volumes.put(event.text("nodeId"), event.text("volumeId"));
            case "TransitionNodeRemoved" -> {
                if (!has("PlacementSwitched") && !has("TransitionTurnedBack")) {
                    violations.add("I8: %s of %s before it is done or undone".formatted(type, id));
                }
            }
            case "TransitionCompleted" -> require(type, "PlacementSwitched");
            case "TransitionFailed", "TransitionCancelled" -> require(type, "TransitionTurnedBack");
            default -> {}
        }
        end = ENDS.getOrDefault(type, end);
    }

    private void require(String type, String before) {
        if (!has(before)) {
            violations.add("I8: %s of %s without %s".formatted(type, id, before));
        }
    }
}
