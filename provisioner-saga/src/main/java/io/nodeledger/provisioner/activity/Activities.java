package io.nodeledger.provisioner.activity;

import io.nodeledger.events.operation.Step;
import io.nodeledger.model.operation.OperationProgress;
import org.axonframework.eventhandling.EventMessage;

/** Schedules durable activities. */
public interface Activities {
    /**
     * Schedules a step in the caller's transaction; it runs at once after the commit, here or on another instance.
     * Scheduling the same step of the same operation again changes nothing.
     *
     * @param because the event that made the step due; its cause travels on
     */
    void schedule(String nodeId, OperationProgress operation, Step step, EventMessage<?> because);
}
