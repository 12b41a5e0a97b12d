package io.nodeledger.query;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.node.Taint;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes the history of one node, a second per event, as the write side would. */
public final class History {
    public static final PlanTerms MEDIUM = new PlanTerms(
            "plan-dedicated-4c8g",
            new BigDecimal("0.12"),
            new BigDecimal("0.00"),
            new NodeSpecs(4, 8, 100, "1Gbps", "x86_64"));
    public static final Cause CAUSE =
            new Cause("user-1", "user", "admin", "ws-123", "req-1", "192.0.2.7", null, "ProvisionNode", null);

    private final String nodeId;
    private final String workspaceId;
    private final String name;
    private final List<NodeEvent> events = new ArrayList<>();
    private Instant now;
    private String operationId = "";

    public History(String nodeId, String workspaceId, String name, Instant begin) {
        this.nodeId = nodeId;
        this.workspaceId = workspaceId;
        this.name = name;
        this.now = begin;
    }

    public static History of(String nodeId) {
        return new History(nodeId, "ws-123", "prod-node-1", Instant.parse("2024-01-20T10:00:00Z"));
    }

    public List<NodeEvent> events() {
        return List.copyOf(events);
    }

    public String operationId() {
        return operationId;
    }

    public History later(Duration wait) {
        now = now.plus(wait);
        return this;
    }

    public History provision() {
        return provision("us-west-2", MEDIUM);
    }

    public History provision(String region, PlanTerms terms) {
        operationId = "task-" + nodeId.substring(5) + "a";
        return add(new NodeEvent.NodeProvisioningStarted(
                nodeId,
                workspaceId,
                operationId,
                name,
                region,
                "proxmox",
                terms,
                Map.of("environment", "production"),
                List.of(new Taint("dedicated", "backend", "NoSchedule")),
                new BigDecimal("86.40"),
                now.plusSeconds(900),
                now));
    }

    /** All steps of the provisioning, and its end. */
    public History succeed() {
        for (var step : OperationType.PROVISION.steps()) {
            done(step);
        }
        return ready();
    }

    public History done(Step step) {
        var began = now.minusMillis(500);
        return add(
                switch (step) {
                    case ALLOCATE ->
                        new NodeEvent.MachineAllocated(
                                nodeId, operationId, step, 1, "pve-1", 1000, "local-lvm", began, now);
                    case ADDRESS ->
                        new NodeEvent.MachineAddressed(
                                nodeId, operationId, step, 1, "10.0.1.100", "203.0.113.100", began, now);
                    default -> new NodeEvent.StepSucceeded(nodeId, operationId, step, 1, null, began, now);
                });
    }

    public History waiting(Step step, int attempt, String reason) {
        return add(new NodeEvent.StepDelayed(nodeId, operationId, step, attempt, reason, now));
    }

    public History idTaken() {
        return add(new NodeEvent.MachineIdBurnt(nodeId, operationId, Step.CLONE, 1, 1000, "taken", now));
    }

    public History ready() {
        return add(new NodeEvent.NodeProvisioningCompleted(nodeId, workspaceId, operationId, facts("uid-1"), now));
    }

    public History failed(Step step) {
        return add(new NodeEvent.StepFailed(
                nodeId, operationId, step, 2, "TEMPLATE_MISSING", "no template", now.minusMillis(500), now));
    }

    public History provisioningFailed(Step step) {
        return add(new NodeEvent.NodeProvisioningFailed(
                nodeId, workspaceId, operationId, step, "TEMPLATE_MISSING", "no template", now));
    }

    public History cancelled() {
        return add(new NodeEvent.OperationCancelled(
                nodeId, workspaceId, operationId, OperationType.PROVISION, "The node is being deleted.", now));
    }

    public History delete(NodeStatus former) {
        operationId = "task-" + nodeId.substring(5) + "d";
        return add(new NodeEvent.NodeDeletionStarted(
                nodeId, workspaceId, operationId, former, false, 300, now.plusSeconds(60), now));
    }

    public History force() {
        return add(new NodeEvent.NodeDeletionForced(nodeId, workspaceId, operationId, now));
    }

    public History deletionFailed() {
        return deletionFailed(NodeStatus.RUNNING);
    }

    public History deletionFailed(NodeStatus status) {
        return add(new NodeEvent.NodeDeletionFailed(
                nodeId, workspaceId, operationId, status, Step.DRAIN, "DRAIN_TIMEOUT", "pods stay", now));
    }

    public History needsAttention(Step step) {
        return add(new NodeEvent.NodeNeedsAttention(
                nodeId, workspaceId, operationId, step, "DESTROY_REFUSED", "look at it", now));
    }

    public History gone() {
        for (var step : OperationType.DELETE.steps()) {
            done(step);
        }
        return deleted();
    }

    public History deleted() {
        return add(new NodeEvent.NodeDeleted(nodeId, workspaceId, operationId, name, now));
    }

    /** The machine is gone; it was last seen so long ago. */
    public History vanished(Duration unseen) {
        return add(new NodeEvent.MachineVanished(nodeId, workspaceId, 1000, "pve-1", now.minus(unseen), now));
    }

    public History foundOff() {
        return add(new NodeEvent.MachineFoundOff(nodeId, workspaceId, 1000, "pve-1", now));
    }

    public History foundOn() {
        return add(new NodeEvent.MachineFoundOn(nodeId, workspaceId, 1000, "pve-1", now));
    }

    public History migrated() {
        return add(new NodeEvent.MachineMigrated(nodeId, workspaceId, 1000, "pve-1", "pve-2", now));
    }

    public History kubernetesLost() {
        return add(new NodeEvent.KubernetesNodeLost(nodeId, workspaceId, nodeId + "-k8s", now));
    }

    public History kubernetesRenamed() {
        return add(new NodeEvent.KubernetesNodeRenamed(nodeId, workspaceId, nodeId + "-k8s", "ubuntu", now));
    }

    public History kubernetesRecovered() {
        return add(new NodeEvent.KubernetesNodeRecovered(nodeId, workspaceId, facts("uid-2"), now));
    }

    public History orphanRemoved() {
        return add(new NodeEvent.OrphanMachineRemoved(nodeId, workspaceId, 1000, "pve-1", now));
    }

    private KubernetesFacts facts(String uid) {
        return new KubernetesFacts(
                nodeId + "-k8s",
                uid,
                Map.of("cpu", "4", "memory", "8388608Ki", "pods", "110"),
                Map.of("cpu", "3800m", "memory", "7864320Ki", "pods", "110"),
                "6.8.0-45-generic",
                "Ubuntu 24.04.1 LTS",
                "containerd://2.1.4",
                "v1.36.0");
    }

    private History add(NodeEvent event) {
        events.add(event);
        now = now.plusSeconds(1);
        return this;
    }
}
