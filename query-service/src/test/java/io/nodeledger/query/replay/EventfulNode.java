package io.nodeledger.query.replay;

import io.nodeledger.events.node.HealthEvent.HealthCheckFailed;
import io.nodeledger.events.node.HealthEvent.HealthRecovered;
import io.nodeledger.events.node.HealthEvent.ThresholdCleared;
import io.nodeledger.events.node.HealthEvent.ThresholdExceeded;
import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.MachinePower;
import io.nodeledger.events.node.MembershipEvent;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.CancellationRequested;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeReady;
import io.nodeledger.events.node.NodeEvent.MachineInspected;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningRetried;
import io.nodeledger.events.node.NodeEvent.OrphanKubernetesNodeRemoved;
import io.nodeledger.events.node.NodeEvent.ProviderTaskStarted;
import io.nodeledger.events.node.NodeResource;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PowerEvent.NodeRebooted;
import io.nodeledger.events.node.PowerEvent.NodeStarted;
import io.nodeledger.events.node.PowerEvent.NodeStopped;
import io.nodeledger.events.node.PowerEvent.PowerOperationFailed;
import io.nodeledger.events.node.PowerEvent.PowerOperationStarted;
import io.nodeledger.events.node.SettingsEvent.NodeThresholdsChanged;
import io.nodeledger.events.node.Taint;
import io.nodeledger.events.node.Threshold;
import io.nodeledger.events.node.Thresholds;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateFailed;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateStarted;
import io.nodeledger.events.node.UpdateEvent.NodeUpdated;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What happens to a node that runs: an event every few hours, so that each has its place in a bill. */
final class EventfulNode {
    private static final Duration PACE = Duration.ofHours(7).plusMillis(1);
    private static final Thresholds OWN = new Thresholds(new Threshold(new BigDecimal("80"), 60), null, null);

    private final String id;
    private final String workspace;
    private final List<NodeEvent> events;
    private Instant now;
    private int operations;

    /** Goes on with a node. */
    EventfulNode(String workspace, List<NodeEvent> before) {
        this.workspace = workspace;
        this.events = new ArrayList<>(before);
        this.id = before.getLast().nodeId();
        this.now = before.getLast().effectiveAt();
    }

    List<NodeEvent> events() {
        return List.copyOf(events);
    }

    EventfulNode stopped() {
        String operation = begun(OperationType.STOP, NodeStatus.RUNNING, true);
        return succeeded(operation, Step.CORDON)
                .succeeded(operation, Step.DRAIN)
                .succeeded(operation, Step.SHUT_DOWN)
                .add(new NodeStopped(id, workspace, operation, later()));
    }

    EventfulNode started() {
        String operation = begun(OperationType.START, NodeStatus.STOPPED, true);
        Instant at = later();
        return add(new ProviderTaskStarted(id, operation, Step.BOOT, 1, "UPID:pve-1:start", at))
                .add(new KubernetesNodeReady(id, operation, Step.READY, 1, facts("uid-2"), at, at))
                .succeeded(operation, Step.UNCORDON)
                .add(new NodeStarted(id, workspace, operation, later()));
    }

    EventfulNode rebooted() {
        String operation = begun(OperationType.REBOOT, NodeStatus.RUNNING, false);
        return add(new NodeRebooted(id, workspace, operation, later()));
    }

    EventfulNode couldNotBeStopped() {
        String operation = begun(OperationType.STOP, NodeStatus.RUNNING, true);
        Instant at = later();
        return add(new NodeEvent.StepFailed(id, operation, Step.DRAIN, 1, "DRAIN_TIMEOUT", "pods stay", at, at))
                .add(new MachineInspected(id, operation, Step.INSPECT, 1, MachinePower.ON, false, at, at))
                .add(new PowerOperationFailed(
                        id,
                        workspace,
                        operation,
                        OperationType.STOP,
                        NodeStatus.RUNNING,
                        Step.DRAIN,
                        "DRAIN_TIMEOUT",
                        "pods stay",
                        later()));
    }

    EventfulNode stopCalledOff() {
        String operation = begun(OperationType.STOP, NodeStatus.RUNNING, true);
        return add(new CancellationRequested(
                        id, workspace, operation, OperationType.STOP, Step.DRAIN, "Asked for by user-1.", later()))
                .add(new PowerOperationFailed(
                        id,
                        workspace,
                        operation,
                        OperationType.STOP,
                        NodeStatus.RUNNING,
                        Step.DRAIN,
                        CancellationRequested.CODE,
                        "Asked for by user-1.",
                        later()));
    }

    EventfulNode relabelled() {
        String operation = operation();
        var taints = List.of(new Taint("dedicated", "gold", "NoSchedule"));
        return add(new NodeUpdateStarted(
                        id, workspace, operation, Map.of("tier", "gold", "team", "a"), taints, now, later()))
                .add(new NodeUpdated(id, workspace, operation, later()));
    }

    EventfulNode couldNotBeRelabelled() {
        String operation = operation();
        return add(new NodeUpdateStarted(id, workspace, operation, Map.of("tier", "lead"), List.of(), now, later()))
                .add(new NodeUpdateFailed(
                        id,
                        workspace,
                        operation,
                        Map.of("tier", "gold"),
                        List.of(),
                        Step.RELABEL,
                        "REFUSED",
                        "not these",
                        later()));
    }

    EventfulNode ill() {
        return add(new HealthCheckFailed(id, workspace, "NOT_READY", "disk", now, later()))
                .add(new HealthRecovered(id, workspace, now, later()));
    }

    EventfulNode overloaded() {
        return add(new NodeThresholdsChanged(id, workspace, OWN, later()))
                .add(new ThresholdExceeded(
                        id, workspace, NodeResource.CPU, new BigDecimal("80.0"), new BigDecimal("93.5"), now, later()))
                .add(new ThresholdCleared(id, workspace, NodeResource.CPU, new BigDecimal("12.0"), now, later()));
    }

    EventfulNode retried() {
        return add(new NodeProvisioningRetried(
                id, workspace, operation(), new BigDecimal("86.40"), now.plusSeconds(900), later()));
    }

    EventfulNode inATransition() {
        return add(new MembershipEvent.TransitionJoined(id, workspace, "trans-2", later()))
                .add(new MembershipEvent.TransitionLeft(id, workspace, "trans-2", later()));
    }

    EventfulNode leftoverRemoved() {
        return add(new OrphanKubernetesNodeRemoved(id, workspace, id + "-k8s", "uid-1", later()));
    }

    private EventfulNode succeeded(String operation, Step step) {
        Instant at = later();
        return add(new NodeEvent.StepSucceeded(id, operation, step, 1, null, at.minusMillis(500), at));
    }

    private String begun(OperationType type, NodeStatus former, boolean drain) {
        String operation = operation();
        add(new PowerOperationStarted(
                id, workspace, operation, type, former, drain, !drain, 300, now.plusSeconds(60), later()));
        return operation;
    }

    private String operation() {
        operations++;
        return "op-%s%d".formatted(id.substring(5), operations);
    }

    private Instant later() {
        now = now.plus(PACE);
        return now;
    }

    private EventfulNode add(NodeEvent event) {
        events.add(event);
        return this;
    }

    private static KubernetesFacts facts(String uid) {
        return new KubernetesFacts(
                "n", uid, Map.of("cpu", "4"), Map.of("cpu", "3800m"), "6.8.0-45", "Ubuntu", "containerd", "v1.36.0");
    }
}
