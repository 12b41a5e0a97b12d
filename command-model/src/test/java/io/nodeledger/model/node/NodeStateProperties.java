package io.nodeledger.model.node;

import static io.nodeledger.model.InMemoryLedger.delete;
import static io.nodeledger.model.InMemoryLedger.provision;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.Observation;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeReleased;
import io.nodeledger.model.InMemoryLedger;
import io.nodeledger.model.operation.OperationProgress;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Whatever people, providers and observers do, a node's status follows the table (source: rulings, "State machine"). */
class NodeStateProperties {
    private static final String NODE = "node-1";
    private static final Map<NodeStatus, Set<NodeStatus>> TABLE = Map.of(
            NodeStatus.PROVISIONING, Set.of(NodeStatus.RUNNING, NodeStatus.ERROR, NodeStatus.DELETING),
            NodeStatus.RUNNING, Set.of(NodeStatus.STOPPED, NodeStatus.ERROR, NodeStatus.DELETING),
            NodeStatus.STOPPED, Set.of(NodeStatus.RUNNING, NodeStatus.ERROR, NodeStatus.DELETING),
            NodeStatus.ERROR, Set.of(NodeStatus.DELETING),
            NodeStatus.DELETING, Set.of(NodeStatus.DELETED, NodeStatus.RUNNING, NodeStatus.STOPPED, NodeStatus.ERROR),
            NodeStatus.DELETED, Set.of());

    sealed interface Move {
        record Delete(boolean force) implements Move {}

        record Report(int luck) implements Move {}

        record Observe(Observation observation) implements Move {}
    }

    @Property(tries = 300)
    void theStatusNeverLeavesTheTable(@ForAll("moves") List<Move> moves) {
        try (var ledger = InMemoryLedger.withWorkspace("ws-1", 5, "1000")) {
            ledger.send(provision("ws-1", NODE, "prod-1"));
            moves.forEach(move -> play(move, ledger));

            assertThat(statusesOf(ledger.nodeEvents(NODE))).satisfies(NodeStateProperties::followTheTable);
            assertThat(ledger.workspaceEvents("ws-1").stream().filter(NodeReleased.class::isInstance))
                    .as("name and place are given back once, with the node's end")
                    .hasSize(statusesOf(ledger.nodeEvents(NODE)).getLast() == NodeStatus.DELETED ? 1 : 0);
            assertThat(ledger.nodeEvents(NODE))
                    .extracting(NodeEvent::effectiveAt)
                    .isSorted();
        }
    }

    private static void followTheTable(List<? extends NodeStatus> statuses) {
        for (int i = 1; i < statuses.size(); i++) {
            if (statuses.get(i) != statuses.get(i - 1)) {
                assertThat(TABLE.get(statuses.get(i - 1))).contains(statuses.get(i));
            }
        }
    }

    private static void play(Move move, InMemoryLedger ledger) {
        switch (move) {
            case Move.Delete(boolean force) -> ledger.send(delete("ws-1", NODE, force));
            case Move.Observe(Observation observation) -> ledger.observe(NODE, observation);
            case Move.Report(int luck) -> {
                var operation = currentOperation(ledger.nodeEvents(NODE));
                if (operation != null) {
                    operation
                            .next()
                            .ifPresent(step ->
                                    ledger.report(NODE, operation.id(), step, operation.round(), outcome(luck, step)));
                }
            }
        }
    }

    /** What each event means for the status, said independently of the model. */
    private static List<NodeStatus> statusesOf(List<NodeEvent> events) {
        var last = new NodeStatus[] {NodeStatus.PROVISIONING};
        return events.stream()
                .map(event -> {
                    last[0] = switch (event) {
                        case NodeEvent.NodeProvisioningCompleted _, NodeEvent.MachineFoundOn _ -> NodeStatus.RUNNING;
                        case NodeEvent.MachineFoundOff _ -> NodeStatus.STOPPED;
                        case NodeEvent.NodeProvisioningFailed _,
                                NodeEvent.NodeNeedsAttention _,
                                NodeEvent.MachineVanished _ -> NodeStatus.ERROR;
                        case NodeDeletionStarted _ -> NodeStatus.DELETING;
                        case NodeEvent.NodeDeletionFailed e -> e.status();
                        case NodeEvent.NodeDeleted _ -> NodeStatus.DELETED;
                        default -> last[0];
                    };
                    return last[0];
                })
                .toList();
    }

    private static @Nullable OperationProgress currentOperation(List<NodeEvent> events) {
        @Nullable OperationProgress operation = null;
        for (NodeEvent event : events) {
            operation = switch (event) {
                case NodeProvisioningStarted e -> OperationProgress.begin(e.operationId(), OperationType.PROVISION);
                case NodeDeletionStarted e -> OperationProgress.begin(e.operationId(), OperationType.DELETE);
                case NodeEvent.NodeDeletionForced _ -> operation == null ? null : operation.forced();
                case NodeEvent.Progress e -> operation == null ? null : operation.after(e);
                default -> operation;
            };
        }
        return operation;
    }

    private static Outcome outcome(int luck, Step step) {
        return switch (luck) {
            case 0 -> new Outcome.Failed("NO", "The provider said no.");
            case 1 -> new Outcome.Stuck("STUCK", "Nobody knows.");
            case 2 -> step == Step.CLONE ? new Outcome.IdTaken(100, "foreign") : good(step);
            default -> good(step);
        };
    }

    private static Outcome good(Step step) {
        return switch (step) {
            case ALLOCATE -> new Outcome.Allocated("pve1", 100, "local");
            case ADDRESS -> new Outcome.Addressed("10.0.0.1", null);
            case READY -> new Outcome.Ready(facts("uid-1"));
            default -> new Outcome.Done(null);
        };
    }

    private static KubernetesFacts facts(String uid) {
        return new KubernetesFacts("n", uid, Map.of(), Map.of(), "6.8", "Ubuntu", "containerd://2", "v1.36.0");
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        Arbitrary<Integer> vmIds = Arbitraries.of(100, 100, 100, 101);
        Arbitrary<String> hosts = Arbitraries.of("pve1", "pve2");
        Arbitrary<Observation> observations = Arbitraries.oneOf(
                vmIds.map(id -> new Observation.MachineVanished(id, "pve1", InMemoryLedger.NOW)),
                vmIds.map(id -> new Observation.MachineOff(id, "pve1")),
                vmIds.map(id -> new Observation.MachineOn(id, "pve1")),
                Combinators.combine(vmIds, hosts).as(Observation.MachineMoved::new),
                Combinators.combine(vmIds, hosts).as(Observation.OrphanMachineRemoved::new),
                Arbitraries.of(
                        new Observation.KubernetesNodeMissing("n"),
                        new Observation.KubernetesNodeRenamed("n", "m"),
                        new Observation.KubernetesNodePresent(facts("uid-2")),
                        new Observation.OrphanKubernetesNodeRemoved("n", "uid-1")));
        Arbitrary<Integer> luck =
                Arbitraries.frequency(Tuple.of(1, 0), Tuple.of(1, 1), Tuple.of(1, 2), Tuple.of(30, 3));
        Arbitrary<Move> delete = Arbitraries.of(true, false).map(Move.Delete::new);
        Arbitrary<Move> report = luck.map(Move.Report::new);
        Arbitrary<Move> observe = observations.map(Move.Observe::new);
        return Arbitraries.frequencyOf(Tuple.of(1, delete), Tuple.of(6, observe), Tuple.of(12, report))
                .list()
                .ofMaxSize(80);
    }
}
