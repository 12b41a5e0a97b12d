package io.nodeledger.model.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.MachinePower;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.OperationEnd;
import io.nodeledger.events.node.PowerEvent;
import io.nodeledger.events.node.Taint;
import io.nodeledger.events.node.UpdateEvent;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What anybody can know of a node who reads its events, put together without the model. */
final class SeenNode {
    private @Nullable NodeStatus status;
    private @Nullable SeenOperation running;
    private final List<String> ended = new ArrayList<>();
    private boolean machine;
    private boolean joined;
    private boolean open = true;
    private @Nullable MachinePower power;
    private Map<String, String> labels = Map.of();
    private List<Taint> taints = List.of();
    private String inKubernetes = "";
    private String address = "";

    NodeStatus status() {
        return status == null ? NodeStatus.DELETED : status;
    }

    @Nullable
    SeenOperation running() {
        return running;
    }

    /** Empty when none runs. */
    String runningId() {
        return running == null ? "" : running.id();
    }

    List<String> ended() {
        return ended;
    }

    /** Whether it has a machine, or may have one. */
    boolean hasMachine() {
        return machine;
    }

    Map<String, String> labels() {
        return labels;
    }

    /** Everything that a caller is shown of it. */
    String shown() {
        return String.join("|", status().word(), address, inKubernetes, labels + "", taints + "", open + "");
    }

    /** Whether the status is what the machine was last seen or made to do. */
    void fitsItsMachine() {
        switch (status()) {
            case RUNNING -> assertThat(power).isEqualTo(MachinePower.ON);
            case STOPPED -> assertThat(power).isEqualTo(MachinePower.OFF);
            default -> {}
        }
    }

    void add(NodeEvent event) {
        NodeStatus before = status;
        status = StateTable.after(before, event);
        learnPower(event);
        begin(event, before);
        var operation = running;
        if (operation != null) {
            operation.add(event);
        }
        OperationEnd.in(event).ifPresent(end -> end(end.operationId()));
        remember(event);
        realStatus(event);
    }

    private void begin(NodeEvent event, @Nullable NodeStatus before) {
        var begun = switch (event) {
            case NodeEvent.NodeProvisioningStarted e -> SeenOperation.provision(e.operationId());
            case NodeEvent.NodeProvisioningRetried e -> SeenOperation.provision(e.operationId());
            case PowerEvent.PowerOperationStarted e -> SeenOperation.power(e);
            case UpdateEvent.NodeUpdateStarted e -> SeenOperation.update(e.operationId());
            case NodeEvent.NodeDeletionStarted e -> SeenOperation.deletion(e);
            default -> null;
        };
        if (begun != null) {
            assertThat(running).as("operation while %s begins", event).isNull();
            assertThat(ended).doesNotContain(begun.id());
            running = begun;
        }
        switch (event) {
            case PowerEvent.PowerOperationStarted e ->
                assertThat(e.formerStatus()).isEqualTo(before);
            case NodeEvent.NodeDeletionStarted e -> assertThat(e.formerStatus()).isEqualTo(before);
            default -> {}
        }
    }

    private void end(String operationId) {
        assertThat(runningId()).as("the operation that ends").isEqualTo(operationId);
        ended.add(operationId);
        running = null;
    }

    /** After what failed or was called off, the node is what its machine was found to be. */
    private void realStatus(NodeEvent event) {
        if (event instanceof PowerEvent.PowerOperationFailed || event instanceof NodeEvent.NodeDeletionFailed) {
            var real = power == null || !joined
                    ? NodeStatus.ERROR
                    : switch (power) {
                        case ON -> NodeStatus.RUNNING;
                        case OFF -> NodeStatus.STOPPED;
                        case GONE -> NodeStatus.ERROR;
                    };
            assertThat(status).as("%s", event).isEqualTo(real);
        }
    }

    private void learnPower(NodeEvent event) {
        switch (event) {
            case NodeEvent.StepSucceeded e when e.step() == Step.BOOT -> power = MachinePower.ON;
            case NodeEvent.StepSucceeded e
            when e.step() == Step.SHUT_DOWN || e.step() == Step.HALT -> power = MachinePower.OFF;
            case NodeEvent.KubernetesNodeReady _, NodeEvent.NodeProvisioningCompleted _, NodeEvent.MachineFoundOn _ ->
                power = MachinePower.ON;
            case NodeEvent.MachineInspected e -> power = e.power();
            case NodeEvent.MachineFoundOff _ -> power = MachinePower.OFF;
            case NodeEvent.MachineVanished _ -> power = MachinePower.GONE;
            default -> {}
        }
    }

    private void remember(NodeEvent event) {
        switch (event) {
            case NodeEvent.NodeProvisioningStarted e -> carry(e.labels(), e.taints());
            case UpdateEvent.NodeUpdateStarted e -> carry(e.labels(), e.taints());
            case UpdateEvent.NodeUpdateFailed e -> carry(e.labels(), e.taints());
            case NodeEvent.MachineAllocated _ -> machine = true;
            case NodeEvent.MachineIdBurnt _, NodeEvent.MachineVanished _ -> machine = false;
            case NodeEvent.NodeProvisioningFailed _, NodeEvent.NodeDeleted _ -> gone();
            case NodeEvent.MachineAddressed e -> address = e.privateAddress();
            case NodeEvent.NodeProvisioningCompleted e -> join(e.kubernetes().uid());
            case NodeEvent.KubernetesNodeReady e -> join(e.kubernetes().uid());
            case NodeEvent.KubernetesNodeRecovered e -> join(e.kubernetes().uid());
            case NodeEvent.KubernetesNodeLost _ -> inKubernetes = "lost";
            case NodeEvent.KubernetesNodeRenamed e -> inKubernetes = e.foundName();
            case NodeEvent.StepSucceeded e -> done(e.step());
            default -> {}
        }
    }

    private void done(Step step) {
        switch (step) {
            case CORDON -> open = false;
            case UNCORDON -> open = true;
            case REMOVE_FROM_KUBERNETES -> {
                joined = false;
                inKubernetes = "";
            }
            case VERIFY_GONE -> machine = false;
            default -> {}
        }
    }

    private void carry(Map<String, String> wantedLabels, List<Taint> wantedTaints) {
        labels = wantedLabels;
        taints = wantedTaints;
    }

    private void join(String uid) {
        joined = true;
        inKubernetes = uid;
    }

    private void gone() {
        machine = false;
        joined = false;
    }

    /** Whether an operation of the kind runs. */
    boolean runs(OperationType type) {
        return running != null && running.type() == type;
    }
}
