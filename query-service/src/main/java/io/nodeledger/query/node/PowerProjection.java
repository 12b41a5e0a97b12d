package io.nodeledger.query.node;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PowerEvent;
import io.nodeledger.events.node.PowerEvent.PowerOperationFailed;
import io.nodeledger.events.node.PowerEvent.PowerOperationStarted;
import io.nodeledger.query.node.NodeRow.State;
import io.nodeledger.query.node.NodeRow.StatusReason;

/** What starts, stops and reboots make of a node's row. */
final class PowerProjection {
    private PowerProjection() {}

    static State after(NodeRow row, PowerEvent happened) {
        var state = row.state();
        return switch (happened) {
            case PowerOperationStarted event ->
                state.in(NodeStatus.during(event.type())).because(null);
            case PowerEvent.NodeStarted event -> switched(row, NodeStatus.RUNNING);
            case PowerEvent.NodeRebooted event -> switched(row, NodeStatus.RUNNING);
            case PowerEvent.NodeStopped event -> switched(row, NodeStatus.STOPPED);
            case PowerOperationFailed event ->
                switched(row, event.status())
                        .because(new StatusReason(event.code(), event.reason()))
                        .with(state.kubernetes().powered(event.status() == NodeStatus.RUNNING));
        };
    }

    private static State switched(NodeRow row, NodeStatus reached) {
        var state = row.state().in(reached);
        return reached == NodeStatus.STOPPED ? state.with(state.kubernetes().ready(false)) : state;
    }
}
