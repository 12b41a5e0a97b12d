package io.nodeledger.events.node;

import org.jspecify.annotations.Nullable;

/** What came of an attempt at a step. */
public sealed interface Outcome {
    /** Host, machine id and storage were chosen. Ends {@link io.nodeledger.events.operation.Step#ALLOCATE}. */
    record Allocated(String host, int vmId, String storage) implements Outcome {}

    /** The recorded machine id is somebody else's; the operation goes back to allocation. */
    record IdTaken(int vmId, String reason) implements Outcome {}

    /** The provider accepted the work under this task id. The step goes on. */
    record TaskStarted(String upid) implements Outcome {}

    /** Nothing ended, but a person who looks should see why. The step goes on. */
    record Delayed(String reason) implements Outcome {}

    /** The step is done. */
    record Done(@Nullable String detail) implements Outcome {}

    /** Addresses were learned. Ends {@link io.nodeledger.events.operation.Step#ADDRESS}. */
    record Addressed(String privateAddress, @Nullable String publicAddress) implements Outcome {}

    /** What the machine does was seen. Ends {@link io.nodeledger.events.operation.Step#INSPECT}. */
    record Inspected(MachinePower power) implements Outcome {}

    /** The Kubernetes node is Ready. Ends {@link io.nodeledger.events.operation.Step#READY}. */
    record Ready(KubernetesFacts kubernetes) implements Outcome {}

    /** The step can't be done; the operation is undone. */
    record Failed(String code, String reason) implements Outcome {}

    /** Nobody but a person can go on from here; the operation ends and the node needs attention. */
    record Stuck(String code, String reason) implements Outcome {}
}
