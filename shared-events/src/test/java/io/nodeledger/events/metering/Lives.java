package io.nodeledger.events.metering;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.MachineFoundOff;
import io.nodeledger.events.node.NodeEvent.MachineFoundOn;
import io.nodeledger.events.node.NodeEvent.MachineVanished;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeDeletionFailed;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.NodeNeedsAttention;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningRetried;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.PowerEvent.NodeRebooted;
import io.nodeledger.events.node.PowerEvent.NodeStarted;
import io.nodeledger.events.node.PowerEvent.NodeStopped;
import io.nodeledger.events.node.PowerEvent.PowerOperationFailed;
import io.nodeledger.events.node.PowerEvent.PowerOperationStarted;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random lives of a node: more than can really happen, as nothing keeps to the order of operations. */
final class Lives {
    /** Something that happens some milliseconds after what happened before. */
    private record Beat(int kind, int pause, int back) {}

    private Lives() {}

    static Arbitrary<List<NodeEvent>> within(Instant begin, int millis) {
        var beat = Combinators.combine(
                        Arbitraries.integers().between(0, 17),
                        Arbitraries.integers().between(0, millis / 10),
                        Arbitraries.integers().between(0, millis / 3))
                .as(Beat::new);
        return beat.list().ofMinSize(1).ofMaxSize(25).map(beats -> events(beats, begin, millis));
    }

    private static List<NodeEvent> events(List<Beat> beats, Instant begin, int millis) {
        var events = new ArrayList<NodeEvent>();
        int now = 0;
        for (Beat beat : beats) {
            now = Math.min(millis - 1, now + beat.pause());
            events.add(event(beat, begin.plusMillis(now)));
        }
        return events;
    }

    private static NodeEvent event(Beat beat, Instant at) {
        var facts = new KubernetesFacts("n", "uid", Map.of(), Map.of(), "k", "o", "c", "v");
        return switch (beat.kind()) {
            case 0, 1 -> new NodeProvisioningCompleted("node-1", "ws", "op", facts, at);
            case 2 -> new NodeStopped("node-1", "ws", "op", at);
            case 3 -> new NodeStarted("node-1", "ws", "op", at);
            case 4 -> new NodeRebooted("node-1", "ws", "op", at);
            case 5 -> new MachineFoundOff("node-1", "ws", 100, "pve", at);
            case 6 -> new MachineFoundOn("node-1", "ws", 100, "pve", at);
            case 7, 8 -> new MachineVanished("node-1", "ws", 100, "pve", at.minusMillis(beat.back()), at);
            case 9 -> failed(OperationType.STOP, NodeStatus.RUNNING, at);
            case 10 -> failed(OperationType.START, NodeStatus.STOPPED, at);
            case 11 -> failed(OperationType.REBOOT, NodeStatus.ERROR, at);
            case 12 -> new NodeNeedsAttention("node-1", "ws", "op", Step.DESTROY, "CODE", "why", at);
            case 13 ->
                new PowerOperationStarted(
                        "node-1", "ws", "op", OperationType.STOP, NodeStatus.RUNNING, true, false, 300, at, at);
            case 14 -> new NodeDeletionStarted("node-1", "ws", "op", NodeStatus.RUNNING, false, 300, at, at);
            case 15 -> new NodeDeleted("node-1", "ws", "op", "web", at);
            case 16 -> new NodeProvisioningRetried("node-1", "ws", "op", BigDecimal.ONE, at, at);
            default -> new NodeDeletionFailed("node-1", "ws", "op", NodeStatus.RUNNING, Step.DRAIN, "CODE", "why", at);
        };
    }

    private static NodeEvent failed(OperationType type, NodeStatus status, Instant at) {
        return new PowerOperationFailed("node-1", "ws", "op", type, status, Step.SHUT_DOWN, "CODE", "why", at);
    }
}
