package io.nodeledger.query.node;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PowerEvent;
import io.nodeledger.events.node.PowerEvent.PowerOperationFailed;
import io.nodeledger.events.node.PowerEvent.PowerOperationStarted;
import io.nodeledger.query.node.NodeRow.State;
import io.nodeledger.query.node.NodeRow.StatusReason;
import java.time.Instant;
import java.util.List;

/** What starts, stops and reboots make of a node's row. */
final class PowerProjection {
    private PowerProjection() {}

    static State after(NodeRow row, PowerEvent happened) {
        var state = row.state();
        return switch (happened) {
            case PowerOperationStarted event ->
                state.in(NodeStatus.during(event.type())).because(null);
            case PowerEvent.NodeStarted event -> switched(row, NodeStatus.RUNNING, event.effectiveAt());
            case PowerEvent.NodeRebooted event -> switched(row, NodeStatus.RUNNING, event.effectiveAt());
            case PowerEvent.NodeStopped event -> switched(row, NodeStatus.STOPPED, event.effectiveAt());
            case PowerOperationFailed event ->
                switched(row, event.status(), event.effectiveAt())
                        .because(new StatusReason(event.code(), event.reason()))
                        .with(state.kubernetes().powered(event.status() == NodeStatus.RUNNING));
        };
    }

    private static State switched(NodeRow row, NodeStatus reached, Instant at) {
        var state = row.state().in(reached).metered(metered(row, reached, at));
        return reached == NodeStatus.STOPPED ? state.with(state.kubernetes().ready(false)) : state;
    }

    /** What a node costs is decided by what it is in, and a node in error costs nothing. */
    static List<MeteredTime> metered(NodeRow row, NodeStatus reached, Instant at) {
        var terms = row.origin().terms();
        var spans = row.state().metered();
        return switch (reached) {
            case RUNNING -> MeteredTime.goOn(spans, terms.hourlyRate(), at);
            case STOPPED -> MeteredTime.goOn(spans, terms.stoppedRate(), at);
            default -> MeteredTime.end(spans, at);
        };
    }
}
