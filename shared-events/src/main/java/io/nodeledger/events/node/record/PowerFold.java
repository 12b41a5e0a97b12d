package io.nodeledger.events.node.record;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PowerEvent;
import io.nodeledger.events.node.PowerEvent.PowerOperationFailed;
import io.nodeledger.events.node.PowerEvent.PowerOperationStarted;
import io.nodeledger.events.node.record.NodeRecord.State;
import io.nodeledger.events.node.record.NodeRecord.StatusReason;

/** What starts, stops and reboots make of a node's row. */
final class PowerFold {
    private PowerFold() {}

    static State after(NodeRecord row, PowerEvent happened) {
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

    private static State switched(NodeRecord row, NodeStatus reached) {
        var state = row.state().in(reached);
        return reached == NodeStatus.STOPPED ? state.with(state.kubernetes().ready(false)) : state;
    }
}
