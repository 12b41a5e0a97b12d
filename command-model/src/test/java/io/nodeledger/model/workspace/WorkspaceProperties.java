package io.nodeledger.model.workspace;

import static io.nodeledger.model.InMemoryLedger.delete;
import static io.nodeledger.model.InMemoryLedger.provision;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.MachinePower;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeAdmitted;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeReleased;
import io.nodeledger.model.InMemoryLedger;
import io.nodeledger.model.operation.OperationProgress;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
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

class WorkspaceProperties {
    private static final int MAX_NODES = 3;
    private static final KubernetesFacts FACTS =
            new KubernetesFacts("n", "u", Map.of(), Map.of(), "6.8", "Ubuntu", "containerd://2", "v1.36.0");

    /** What a random client or a random provider does next. */
    sealed interface Move {
        record Provision(int node, int name) implements Move {}

        record Delete(int node, boolean force) implements Move {}

        record Report(int node, boolean good) implements Move {}
    }

    @Property(tries = 200)
    void namesLimitsAndCreditsHoldWhateverHappens(@ForAll("moves") List<Move> moves) {
        try (var ledger = InMemoryLedger.withWorkspace("ws-1", MAX_NODES, "200")) {
            var admitted = new HashSet<Integer>();
            for (Move move : moves) {
                play(move, ledger, admitted);
                assertInvariants(ledger.workspaceEvents("ws-1"));
            }
        }
    }

    private static void play(Move move, InMemoryLedger ledger, Set<Integer> admitted) {
        switch (move) {
            case Move.Provision wish
            when !admitted.contains(wish.node()) -> {
                ProvisionAnswer answer = ledger.send(provision("ws-1", id(wish.node()), "name-" + wish.name()));
                if (answer instanceof ProvisionAnswer.Admitted) {
                    admitted.add(wish.node());
                }
            }
            case Move.Delete wish
            when admitted.contains(wish.node()) -> ledger.send(delete("ws-1", id(wish.node()), wish.force()));
            case Move.Report report
            when admitted.contains(report.node()) -> {
                OperationProgress operation = currentOperation(ledger.nodeEvents(id(report.node())));
                operation
                        .next()
                        .ifPresent(step -> ledger.report(
                                id(report.node()), operation.id(), step, operation.round(), outcome(report, step)));
            }
            case Move.Provision _, Move.Delete _, Move.Report _ -> {}
        }
    }

    private static OperationProgress currentOperation(List<NodeEvent> events) {
        var operation = OperationProgress.begin("none", OperationType.PROVISION);
        for (NodeEvent event : events) {
            operation = switch (event) {
                case NodeProvisioningStarted e -> OperationProgress.begin(e.operationId(), OperationType.PROVISION);
                case NodeDeletionStarted e -> OperationProgress.begin(e.operationId(), OperationType.DELETE);
                case NodeEvent.NodeDeletionForced _ -> operation.forced();
                case NodeEvent.Progress e -> operation.after(e);
                default -> operation;
            };
        }
        return operation;
    }

    private static Outcome outcome(Move.Report report, Step step) {
        if (!report.good()) {
            return new Outcome.Failed("NO", "The provider said no.");
        }
        return switch (step) {
            case ALLOCATE -> new Outcome.Allocated("pve1", 100 + report.node(), "local");
            case ADDRESS -> new Outcome.Addressed("10.0.0.1", null);
            case READY -> new Outcome.Ready(FACTS);
            case INSPECT -> new Outcome.Inspected(MachinePower.ON);
            default -> new Outcome.Done(null);
        };
    }

    private static void assertInvariants(List<WorkspaceEvent> events) {
        var balance = BigDecimal.ZERO;
        var holds = new HashMap<String, BigDecimal>();
        var names = new HashMap<String, String>();
        for (WorkspaceEvent event : events) {
            switch (event) {
                case CreditsGranted e -> balance = balance.add(e.amount());
                case NodeAdmitted e -> {
                    assertThat(names.values()).doesNotContain(e.name());
                    names.put(e.nodeId(), e.name());
                    holds.put(e.nodeId(), e.creditHold());
                }
                case CreditHoldReleased e ->
                    assertThat(holds.put(e.nodeId(), BigDecimal.ZERO)).isEqualByComparingTo(e.amount());
                case WorkspaceEvent.CreditHoldRenewed e -> holds.merge(e.nodeId(), e.amount(), BigDecimal::add);
                case NodeReleased e -> {
                    assertThat(names.remove(e.nodeId())).isEqualTo(e.name());
                    assertThat(holds.remove(e.nodeId())).isEqualByComparingTo(e.releasedHold());
                }
                case WorkspaceEvent.WorkspaceRegistered _,
                        WorkspaceEvent.WorkspaceChanged _,
                        WorkspaceEvent.WorkspaceThresholdsChanged _,
                        WorkspaceEvent.WorkspaceCharged _,
                        WorkspaceEvent.OwedSettled _,
                        WorkspaceEvent.CreditsExhausted _,
                        WorkspaceEvent.CreditsRestored _,
                        WorkspaceEvent.TransitionBegun _,
                        WorkspaceEvent.TransitionOpened _,
                        WorkspaceEvent.PlacementChanged _,
                        WorkspaceEvent.TransitionEnded _ -> {}
            }
            assertThat(names).hasSizeLessThanOrEqualTo(MAX_NODES);
            BigDecimal held = holds.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(balance.subtract(held)).isNotNegative();
        }
    }

    private static String id(int node) {
        return "node-" + node;
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        Arbitrary<Integer> nodes = Arbitraries.integers().between(1, 5);
        Arbitrary<Integer> names = Arbitraries.integers().between(1, 4);
        Arbitrary<Boolean> mostlyGood = Arbitraries.frequency(Tuple.of(8, true), Tuple.of(1, false));
        Arbitrary<Move> provision = Combinators.combine(nodes, names).as(Move.Provision::new);
        Arbitrary<Move> delete =
                Combinators.combine(nodes, Arbitraries.of(true, false)).as(Move.Delete::new);
        Arbitrary<Move> report = Combinators.combine(nodes, mostlyGood).as(Move.Report::new);
        return Arbitraries.frequencyOf(Tuple.of(2, provision), Tuple.of(1, delete), Tuple.of(12, report))
                .list()
                .ofMaxSize(150);
    }
}
