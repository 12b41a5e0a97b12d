package io.nodeledger.command.lifecycle;

import io.nodeledger.command.waiting.EndedOperation;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.OperationAnswer.Accepted;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an accepted operation (source: contract, "Node Operations").
 *
 * @param status the node's status
 * @param drainStatus {@code draining} while workloads are being moved away, {@code skipped} when they are not; absent
 *     where there are none
 * @param estimatedReadyTime when the node will probably run; absent where it is not to run
 * @param operationStatus how it ended, if the request waited for that
 */
record BegunOperation(
        String id,
        String status,
        String operationId,
        @Nullable String drainStatus,
        @Nullable Instant estimatedReadyTime,
        @Nullable String operationStatus) {

    /** Of an operation after which the node runs. */
    static BegunOperation toRun(Accepted accepted, @Nullable String drainStatus, Optional<EndedOperation> ended) {
        return of(accepted, drainStatus, accepted.estimatedEndAt(), ended);
    }

    static BegunOperation of(
            Accepted accepted,
            @Nullable String drainStatus,
            @Nullable Instant readyAt,
            Optional<EndedOperation> ended) {
        NodeStatus status = ended.map(EndedOperation::status).orElse(accepted.status());
        return new BegunOperation(
                accepted.nodeId(),
                status.word(),
                accepted.operationId(),
                drainStatus,
                readyAt,
                EndedOperation.wordOf(ended));
    }

    static String drainStatus(Accepted accepted) {
        return accepted.drains() ? "draining" : "skipped";
    }
}
