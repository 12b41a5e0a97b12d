package io.nodeledger.command.waiting;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.OperationEnd;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One request that waits. Only the thread that reads for all of them feeds it. */
final class OperationWait {
    private final String nodeId;
    private final String operationId;
    private final CompletableFuture<Optional<EndedOperation>> outcome = new CompletableFuture<>();
    private NodeStatus status;
    private long seen;
    private OperationEnd.@Nullable Result result;

    /**
     * A wait.
     *
     * @param status the node's status as the command left it
     * @param sequence the command's last event
     */
    OperationWait(String nodeId, String operationId, NodeStatus status, long sequence) {
        this.nodeId = nodeId;
        this.operationId = operationId;
        this.status = status;
        this.seen = sequence;
    }

    String nodeId() {
        return nodeId;
    }

    /** The last event of the stream that it has been told. */
    long seen() {
        return seen;
    }

    /** Takes the stream's next event. */
    void take(NodeEvent event, long sequence) {
        seen = sequence;
        status = NodeStatus.after(event).orElse(status);
        OperationEnd.in(event)
                .filter(end -> end.operationId().equals(operationId))
                .ifPresent(end -> result = end.result());
    }

    /** Ends the wait if the operation has; what ended it may be followed by events of the same commit. */
    void endIfOver() {
        if (result != null) {
            outcome.complete(Optional.of(new EndedOperation(result, status, seen)));
        }
    }

    /** Ends the wait without an end. */
    void giveUp() {
        outcome.complete(Optional.empty());
    }

    /** Blocks until the wait is over. */
    Optional<EndedOperation> await(Duration patience) {
        try {
            return outcome.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException stillRunning) {
            return Optional.empty();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
