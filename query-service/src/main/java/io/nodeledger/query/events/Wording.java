package io.nodeledger.query.events;

import static java.util.Map.entry;

import io.nodeledger.query.audit.AuditEntry;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a fact of a node's life is told in the way of Kubernetes' events.
 *
 * @param message with the names of the fact's fields in braces
 */
record Wording(String reason, String message) {
    /** Under which name the platform tells them (source: API decisions, "Endpoint by endpoint"). */
    static final String SOURCE = "node-controller";

    /** Facts that ask for attention, by their words in the audit; all others are normal. */
    static final Set<String> WARNINGS = Set.of(
            "node.provisioning_failed",
            "node.deletion_failed",
            "node.start_failed",
            "node.stop_failed",
            "node.reboot_failed",
            "node.update_failed",
            "node.needs_attention",
            "node.machine_vanished",
            "node.found_stopped",
            "node.kubernetes_node_lost",
            "node.kubernetes_node_renamed",
            "node.health_check_failed",
            "node.resource_threshold_exceeded");

    private static final String FAILED = " failed at the step '{failed_step}': {reason} ({code})";

    private static final Map<String, Wording> WORDINGS = Map.ofEntries(
            entry(
                    "node.provisioning_started",
                    new Wording("NodeProvisioning", "Provisioning of {name} in {region} began")),
            entry(
                    "node.provisioning_completed",
                    new Wording("NodeProvisioned", "The node is provisioned and Ready in Kubernetes")),
            entry("node.provisioning_failed", new Wording("NodeProvisioningFailed", "Provisioning" + FAILED)),
            entry("node.provisioning_retried", new Wording("NodeProvisioningRetried", "Provisioning began anew")),
            entry(
                    "node.cancellation_requested",
                    new Wording("OperationCancelling", "The operation '{type}' was called off at the step '{step}'")),
            entry(
                    "node.operation_cancelled",
                    new Wording("OperationCancelled", "The operation '{type}' was cancelled: {reason}")),
            entry("node.deletion_started", new Wording("NodeDeleting", "Deletion began")),
            entry(
                    "node.deletion_forced",
                    new Wording("NodeDeletionForced", "The deletion waits for workloads no longer")),
            entry(
                    "node.deleted",
                    new Wording("NodeDeleted", "The node is deleted; its machine and its Kubernetes node are gone")),
            entry("node.deletion_failed", new Wording("NodeDeletionFailed", "Deletion" + FAILED)),
            entry(
                    "node.needs_attention",
                    new Wording(
                            "NodeNeedsAttention",
                            "A person has to look: the step '{failed_step}' ended with {reason} ({code})")),
            entry("node.machine_vanished", new Wording("MachineVanished", "The node's machine is not there any more")),
            entry("node.found_stopped", new Wording("NodeFoundStopped", "The node's machine was found powered off")),
            entry("node.found_running", new Wording("NodeFoundRunning", "The node's machine was found powered on")),
            entry(
                    "node.machine_migrated",
                    new Wording("MachineMigrated", "The node's machine was moved to another host")),
            entry("node.kubernetes_node_lost", new Wording("KubernetesNodeLost", "The node is missing in Kubernetes")),
            entry(
                    "node.kubernetes_node_renamed",
                    new Wording(
                            "KubernetesNodeRenamed",
                            "The node was found in Kubernetes under another name, {found_name}")),
            entry(
                    "node.kubernetes_node_recovered",
                    new Wording("KubernetesNodeRecovered", "The node is in Kubernetes again")),
            entry(
                    "node.orphan_machine_removed",
                    new Wording("OrphanMachineRemoved", "A machine that was left over from the node was destroyed")),
            entry(
                    "node.orphan_kubernetes_node_removed",
                    new Wording(
                            "OrphanKubernetesNodeRemoved",
                            "A Kubernetes node that was left over from the node was deleted")),
            entry("node.health_check_failed", new Wording("NodeHealthCheckFailed", "{reason} ({code})")),
            entry("node.health_recovered", new Wording("NodeHealthRecovered", "The node is well again")),
            entry(
                    "node.resource_threshold_exceeded",
                    new Wording(
                            "ResourceThresholdExceeded",
                            "The node has used {percentage} % of its {resource}, more than {threshold} %")),
            entry(
                    "node.resource_threshold_cleared",
                    new Wording("ResourceThresholdCleared", "The node uses {percentage} % of its {resource} again")),
            entry("node.thresholds_changed", new Wording("NodeThresholdsChanged", "The node's thresholds were set")),
            entry(
                    "node.transition_joined",
                    new Wording("NodeInTransition", "The node belongs to the transition {transition_id}")),
            entry(
                    "node.transition_left",
                    new Wording("NodeOutOfTransition", "The node belongs to the transition {transition_id} no longer")),
            entry("node.starting", new Wording("NodeStarting", "The start began")),
            entry("node.stopping", new Wording("NodeStopping", "The stop began")),
            entry("node.rebooting", new Wording("NodeRebooting", "The reboot began")),
            entry("node.started", new Wording("NodeStarted", "The node was started and is Ready")),
            entry("node.stopped", new Wording("NodeStopped", "The node was stopped")),
            entry("node.rebooted", new Wording("NodeRebooted", "The node was rebooted and is Ready")),
            entry("node.start_failed", new Wording("NodeStartFailed", "The start" + FAILED)),
            entry("node.stop_failed", new Wording("NodeStopFailed", "The stop" + FAILED)),
            entry("node.reboot_failed", new Wording("NodeRebootFailed", "The reboot" + FAILED)),
            entry("node.update_started", new Wording("NodeUpdating", "The change of labels and taints began")),
            entry("node.updated", new Wording("NodeUpdated", "Labels and taints were changed")),
            entry("node.update_failed", new Wording("NodeUpdateFailed", "The change of labels and taints" + FAILED)));

    private static final Pattern FIELD = Pattern.compile("\\{([a-z_]+)}");
    /** Constants, which the API shows as words. */
    private static final Set<String> CONSTANTS = Set.of("failed_step", "step", "type", "resource");

    /** The fact as an event. */
    static EventView of(AuditEntry fact) {
        var wording = WORDINGS.getOrDefault(fact.type(), derived(fact.type()));
        String type = (WARNINGS.contains(fact.type()) ? EventType.WARNING : EventType.NORMAL).word();
        return new EventView(
                type,
                wording.reason(),
                FIELD.matcher(wording.message()).replaceAll(field -> quoted(fact, field.group(1))),
                SOURCE,
                fact.occurredAt(),
                fact.occurredAt(),
                1);
    }

    /** A fact without words of its own is told by its word in the audit. */
    private static Wording derived(String type) {
        String[] words = type.split("[._]", -1);
        String reason = Arrays.stream(words)
                .filter(word -> !word.isEmpty())
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        return new Wording(reason, String.join(" ", words));
    }

    private static String quoted(AuditEntry fact, String field) {
        String text = field.equals("transition_id")
                ? Objects.requireNonNullElse(fact.transitionId(), "")
                : fact.data().path(field).asString("");
        return Matcher.quoteReplacement(CONSTANTS.contains(field) ? text.toLowerCase(Locale.ROOT) : text);
    }
}
