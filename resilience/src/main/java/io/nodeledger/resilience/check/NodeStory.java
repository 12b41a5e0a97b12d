package io.nodeledger.resilience.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A node's stream, folded by rules that are written down here once more, so that an error in the product's own rules
 * shows (source: rulings, "State machine").
 */
public final class NodeStory {
    private static final Map<String, Set<String>> FROM = Map.ofEntries(
            Map.entry("NodeProvisioningStarted", Set.of("")),
            Map.entry("NodeProvisioningCompleted", Set.of("provisioning")),
            Map.entry("NodeProvisioningFailed", Set.of("provisioning")),
            Map.entry("NodeProvisioningRetried", Set.of("error")),
            Map.entry(
                    "OperationCancelled",
                    Set.of("provisioning", "starting", "stopping", "rebooting", "running", "stopped")),
            Map.entry("CancellationRequested", Set.of("provisioning", "starting", "stopping", "rebooting", "deleting")),
            Map.entry("NodeStarted", Set.of("starting")),
            Map.entry("NodeStopped", Set.of("stopping")),
            Map.entry("NodeRebooted", Set.of("rebooting")),
            Map.entry("PowerOperationFailed", Set.of("starting", "stopping", "rebooting")),
            Map.entry("NodeUpdateStarted", Set.of("running", "stopped")),
            Map.entry("NodeUpdated", Set.of("running", "stopped")),
            Map.entry("NodeUpdateFailed", Set.of("running", "stopped")),
            Map.entry(
                    "NodeDeletionStarted",
                    Set.of("provisioning", "running", "stopped", "error", "starting", "stopping", "rebooting")),
            Map.entry("NodeDeletionForced", Set.of("deleting")),
            Map.entry("NodeDeletionFailed", Set.of("deleting")),
            Map.entry("NodeDeleted", Set.of("deleting")),
            Map.entry("NodeNeedsAttention", Set.of("provisioning", "deleting", "starting", "stopping", "rebooting")),
            Map.entry("MachineVanished", Set.of("running", "stopped", "error")),
            Map.entry("MachineFoundOff", Set.of("running")),
            Map.entry("MachineFoundOn", Set.of("stopped")),
            Map.entry("MachineMigrated", Set.of("running", "stopped", "error")),
            Map.entry("KubernetesNodeLost", Set.of("running", "stopped")),
            Map.entry("KubernetesNodeRenamed", Set.of("running", "stopped")),
            Map.entry("KubernetesNodeRecovered", Set.of("running", "stopped")),
            Map.entry("HealthCheckFailed", Set.of("running")),
            Map.entry("HealthRecovered", Set.of("running")),
            Map.entry("ThresholdExceeded", Set.of("running")),
            Map.entry("ThresholdCleared", Set.of("running")),
            Map.entry(
                    "NodeThresholdsChanged",
                    Set.of(
                            "provisioning",
                            "running",
                            "stopped",
                            "error",
                            "starting",
                            "stopping",
                            "rebooting",
                            "deleting")),
            Map.entry("OrphanMachineRemoved", Set.of("error", "deleted")),
            Map.entry("OrphanKubernetesNodeRemoved", Set.of("error", "deleted")));

    /** What a start, stop or reboot may begin from, and what the node is in meanwhile. */
    private static final Map<String, Set<String>> POWER_FROM = Map.of(
            "START", Set.of("stopped", "error"),
            "STOP", Set.of("running"),
            "REBOOT", Set.of("running", "error"));

    private static final Map<String, String> MEANWHILE =
            Map.of("START", "starting", "STOP", "stopping", "REBOOT", "rebooting");

    private final List<String> violations = new ArrayList<>();
    private final String nodeId;
    private String status = "";
    private String operation = "";
    private String transition = "";
    private boolean attention;
    private boolean vanished;

    private NodeStory(String nodeId) {
        this.nodeId = nodeId;
    }

    /** Folds a stream. */
    public static NodeStory of(String nodeId, List<RecordedEvent> events) {
        var story = new NodeStory(nodeId);
        long expected = 0;
        for (RecordedEvent event : events) {
            if (event.sequence() != expected++) {
                story.violations.add(nodeId + " has a gap in its stream before " + event.sequence());
            }
            story.apply(event);
        }
        return story;
    }

    /** The status, empty when there is no such node. */
    public String status() {
        return status;
    }

    /** The transition that it belongs to, or empty. */
    public String transition() {
        return transition;
    }

    /** Whether an operation is under way. */
    public boolean busy() {
        return !operation.isEmpty();
    }

    /** Whether a person has to look. */
    public boolean needsAttention() {
        return attention;
    }

    /** Whether its machine has vanished; its id is given back when the node is deleted. */
    public boolean hasVanished() {
        return vanished;
    }

    /** Whether a machine must be there. */
    public boolean hasMachine() {
        return status.equals("running") || status.equals("stopped");
    }

    /** Whether there may be a machine or not: work is going on, or was given up. */
    public boolean mayHaveMachine() {
        return busy() || attention;
    }

    /** What is wrong with the stream itself. */
    public List<String> violations() {
        return List.copyOf(violations);
    }

    private void apply(RecordedEvent event) {
        Set<String> from = FROM.get(event.type());
        if (from != null && !from.contains(status)) {
            violations.add("I8: %s of %s in status '%s'".formatted(event.type(), nodeId, status));
        }
        switch (event.type()) {
            case "NodeProvisioningStarted", "NodeProvisioningRetried" -> begin("provisioning", event);
            case "PowerOperationStarted" -> beginPower(event);
            case "NodeUpdateStarted" -> {
                requireFree(event);
                begin(status, event);
            }
            case "TransitionJoined" -> {
                requireFree(event);
                transition = event.text("transitionId");
            }
            case "TransitionLeft" -> transition = "";
            case "NodeUpdated", "NodeUpdateFailed" -> end(status, event);
            case "NodeStarted", "NodeRebooted" -> end("running", event);
            case "NodeStopped" -> end("stopped", event);
            case "PowerOperationFailed" -> end(event.text("status").toLowerCase(Locale.ROOT), event);
            case "NodeProvisioningCompleted" -> end("running", event);
            case "NodeProvisioningFailed" -> end("error", event);
            case "OperationCancelled" -> operation = "";
            case "NodeDeletionStarted" -> begin("deleting", event);
            case "NodeDeletionFailed" -> end(event.text("status").toLowerCase(Locale.ROOT), event);
            case "NodeDeleted" -> end("deleted", event);
            case "NodeNeedsAttention" -> {
                end("error", event);
                attention = true;
            }
            case "MachineVanished" -> {
                end("error", event);
                attention = false;
                vanished = true;
            }
            case "MachineFoundOff" -> end("stopped", event);
            case "MachineFoundOn" -> end("running", event);
            default -> requireCurrent(event);
        }
    }

    private void begin(String next, RecordedEvent event) {
        if (busy()) {
            violations.add("I9: %s begins %s while %s runs".formatted(nodeId, event.text("operationId"), operation));
        }
        status = next;
        operation = event.text("operationId");
        attention = false;
        vanished = false;
    }

    /** Of a node that belongs to a transition nobody else begins anything. */
    private void requireFree(RecordedEvent event) {
        if (!transition.isEmpty()) {
            violations.add("I9: %s of %s, which belongs to %s".formatted(event.type(), nodeId, transition));
        }
    }

    private void beginPower(RecordedEvent event) {
        requireFree(event);
        String type = event.text("type");
        if (!POWER_FROM.getOrDefault(type, Set.of()).contains(status)) {
            violations.add("I8: %s of %s in status '%s'".formatted(type, nodeId, status));
        }
        begin(MEANWHILE.getOrDefault(type, ""), event);
    }

    private void end(String next, RecordedEvent event) {
        requireCurrent(event);
        status = next;
        operation = "";
    }

    private void requireCurrent(RecordedEvent event) {
        String concerned = event.text("operationId");
        if (!concerned.isEmpty() && !concerned.equals(operation)) {
            violations.add(
                    "I9: %s of %s belongs to %s, but '%s' runs".formatted(event.type(), nodeId, concerned, operation));
        }
    }
}
