package io.nodeledger.provisioner.operation;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.CancellationRequested;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeDeletionFailed;
import io.nodeledger.events.node.NodeEvent.NodeDeletionForced;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningRetried;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeEvent.OperationCancelled;
import io.nodeledger.events.node.PowerEvent.NodeRebooted;
import io.nodeledger.events.node.PowerEvent.NodeStarted;
import io.nodeledger.events.node.PowerEvent.NodeStopped;
import io.nodeledger.events.node.PowerEvent.PowerOperationFailed;
import io.nodeledger.events.node.PowerEvent.PowerOperationStarted;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateFailed;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateStarted;
import io.nodeledger.events.node.UpdateEvent.NodeUpdated;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.model.operation.OperationProgress;
import io.nodeledger.provisioner.activity.Activities;
import java.util.Optional;
import org.axonframework.eventhandling.EventMessage;
import org.axonframework.modelling.saga.EndSaga;
import org.axonframework.modelling.saga.SagaEventHandler;
import org.axonframework.modelling.saga.StartSaga;
import org.jspecify.annotations.Nullable;

/**
 * Drives one operation of a node from step to step. It only schedules: a handler writes the saga's state and activity
 * rows in one transaction with its token and never calls the outside (source: rulings 1). What is next is decided by
 * {@link OperationProgress} alone.
 */
@JsonAutoDetect(
        fieldVisibility = JsonAutoDetect.Visibility.ANY,
        getterVisibility = JsonAutoDetect.Visibility.NONE,
        isGetterVisibility = JsonAutoDetect.Visibility.NONE)
public class OperationSaga {
    /** The property that ties events to an operation's saga. */
    static final String OPERATION = "operationId";

    private @Nullable OperationProgress progress;

    /** Begins a provisioning. */
    @StartSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(NodeProvisioningStarted event, EventMessage<?> message, Activities activities) {
        begin(event, OperationProgress.begin(event.operationId(), OperationType.PROVISION), message, activities);
    }

    /** Begins a deletion. */
    @StartSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(NodeDeletionStarted event, EventMessage<?> message, Activities activities) {
        begin(event, OperationProgress.begin(event.operationId(), OperationType.DELETE), message, activities);
    }

    /** Begins a provisioning anew. */
    @StartSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(NodeProvisioningRetried event, EventMessage<?> message, Activities activities) {
        begin(event, OperationProgress.begin(event.operationId(), OperationType.PROVISION), message, activities);
    }

    /** Begins a start, stop or reboot. */
    @StartSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(PowerOperationStarted event, EventMessage<?> message, Activities activities) {
        begin(event, OperationProgress.begin(event), message, activities);
    }

    /** Begins a change of labels and taints. */
    @StartSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(NodeUpdateStarted event, EventMessage<?> message, Activities activities) {
        begin(event, OperationProgress.begin(event.operationId(), OperationType.UPDATE), message, activities);
    }

    /** Turns back. */
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(CancellationRequested event, EventMessage<?> message, Activities activities) {
        advance(event.nodeId(), begun(event.operationId()).after(event), message, activities);
    }

    /** Goes on to the next step, forward or back. */
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(NodeEvent.Progress event, EventMessage<?> message, Activities activities) {
        advance(event.nodeId(), begun(event.operationId()).after(event), message, activities);
    }

    /** Leaves out what remains of moving workloads away. */
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(NodeDeletionForced event, EventMessage<?> message, Activities activities) {
        advance(event.nodeId(), begun(event.operationId()).forced(), message, activities);
    }

    /** The node runs. */
    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(NodeProvisioningCompleted event) {}

    /** The provisioning was undone. */
    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(NodeProvisioningFailed event) {}

    /** The operation was called off; its successor cleans up. */
    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(OperationCancelled event) {}

    /** The node is gone. */
    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(NodeDeleted event) {}

    /** The node is back in its former status. */
    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(NodeDeletionFailed event) {}

    /** The node was started. */
    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(NodeStarted event) {}

    /** The node was stopped. */
    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(NodeStopped event) {}

    /** The node was rebooted. */
    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(NodeRebooted event) {}

    /** The node is in what its machine really does. */
    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(PowerOperationFailed event) {}

    /** The cluster has the new labels and taints. */
    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(NodeUpdated event) {}

    /** The cluster has the old labels and taints. */
    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(NodeUpdateFailed event) {}

    /** A person has to go on. */
    @EndSaga
    @SagaEventHandler(associationProperty = OPERATION)
    public void on(NodeNeedsAttention event) {}

    private OperationProgress begun(String operationId) {
        if (progress == null) {
            throw new IllegalStateException("Operation " + operationId + " makes progress before it began");
        }
        return progress;
    }

    private void advance(String nodeId, OperationProgress after, EventMessage<?> message, Activities activities) {
        OperationProgress before = begun(after.id());
        progress = after;
        Optional<Step> next = after.next();
        if (!next.equals(before.next())
                || after.round() != before.round()
                || after.compensating() != before.compensating()) {
            next.ifPresent(step -> activities.schedule(nodeId, after, step, message));
        }
    }

    private void begin(NodeEvent event, OperationProgress begun, EventMessage<?> message, Activities activities) {
        progress = begun;
        begun.next().ifPresent(step -> activities.schedule(event.nodeId(), begun, step, message));
    }
}
