package io.nodeledger.command.waiting;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.OperationEnd;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How an operation that was waited for ended.
 *
 * @param result succeeded, failed or cancelled
 * @param status the node's status since
 * @param sequence the last event of the node's stream that this takes into account
 */
public record EndedOperation(OperationEnd.Result result, NodeStatus status, long sequence) {
    /** The result's word, for the answer's {@code operation_status}; absent while the operation goes on. */
    public static @Nullable String wordOf(Optional<EndedOperation> ended) {
        return ended.map(end -> end.result().word()).orElse(null);
    }
}
