package io.nodeledger.model.transition;

import static io.nodeledger.model.InMemoryLedger.MEDIUM;
import static io.nodeledger.model.InMemoryLedger.NOW;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.transition.MaintenanceWindow;
import io.nodeledger.events.transition.MigrationStrategy;
import io.nodeledger.events.transition.TransitionAnswer;
import io.nodeledger.events.transition.TransitionCommand.RecordTransition;
import io.nodeledger.events.transition.TransitionDurations;
import io.nodeledger.events.transition.TransitionNode;
import io.nodeledger.events.transition.TransitionOutcome;
import io.nodeledger.events.transition.TransitionStage;
import io.nodeledger.events.transition.record.TransitionFold;
import io.nodeledger.events.transition.record.TransitionRecord;
import io.nodeledger.events.workspace.WorkspaceCommand.BeginDedicatedTransition;
import io.nodeledger.events.workspace.WorkspaceCommand.ScheduleSharedTransition;
import io.nodeledger.events.workspace.WorkspaceCommand.WishedNode;
import io.nodeledger.model.InMemoryLedger;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A workspace in memory, with the transition {@code trans-1}, as those who work on it tell it on. */
final class TransitionHistory implements AutoCloseable {
    static final String ID = "trans-1";
    static final TransitionDurations DURATIONS = new TransitionDurations(600, 300, 180, 120);
    static final MaintenanceWindow WINDOW =
            new MaintenanceWindow(NOW.plusSeconds(3_600), NOW.plusSeconds(3_600 + 1_800));

    final InMemoryLedger ledger;

    /** A workspace that may have five nodes. */
    TransitionHistory(String credits) {
        ledger = InMemoryLedger.withWorkspace("ws-1", 5, credits);
    }

    TransitionAnswer dedicated(MigrationStrategy strategy, int nodes) {
        return ledger.send(new BeginDedicatedTransition(
                "ws-1",
                ID,
                strategy,
                null,
                MEDIUM,
                List.of("us-west-2"),
                Map.of(),
                Map.of("team", "backend"),
                IntStream.rangeClosed(1, nodes)
                        .mapToObj(i -> new WishedNode("node-" + i, "task-" + i, "dedicated-" + i))
                        .toList(),
                DURATIONS,
                NOW));
    }

    TransitionAnswer shared(MigrationStrategy strategy, @Nullable MaintenanceWindow window, boolean backup) {
        return ledger.send(new ScheduleSharedTransition("ws-1", ID, strategy, window, backup, DURATIONS, NOW));
    }

    /** A node that runs, of no transition. */
    void aNode(String id) {
        ledger.send(InMemoryLedger.provision("ws-1", id, "name-of-" + id));
        run(id, "task-of-" + id, OperationType.PROVISION);
    }

    void run(String nodeId, String operationId, OperationType type) {
        for (Step step : type.steps()) {
            ledger.report(
                    nodeId,
                    operationId,
                    step,
                    switch (step) {
                        case ALLOCATE -> new Outcome.Allocated("pve1", 100, "local");
                        case ADDRESS -> new Outcome.Addressed("10.0.0.1", null);
                        case READY ->
                            new Outcome.Ready(new KubernetesFacts(
                                    "n", "uid", Map.of(), Map.of(), "6.8", "Ubuntu", "containerd", "v1.36.0"));
                        default -> new Outcome.Done(null);
                    });
        }
    }

    /** Tells that its window is open. */
    boolean open() {
        return tell(new TransitionOutcome.WindowOpened(record().window()));
    }

    /** Tells the outcome of the stage that it is at. */
    boolean tell(TransitionOutcome outcome) {
        return tell(record().stage().orElse(TransitionStage.CONCLUDE), outcome);
    }

    boolean tell(TransitionStage stage, TransitionOutcome outcome) {
        return ledger.send(new RecordTransition(ID, "ws-1", stage, outcome, NOW.plusSeconds(10)));
    }

    TransitionRecord record() {
        TransitionRecord record = null;
        for (var event : ledger.transitionEvents(ID)) {
            record = TransitionFold.after(record, event);
        }
        return Objects.requireNonNull(record);
    }

    static TransitionNode node(String id) {
        return new TransitionNode(id, "name-of-" + id, MEDIUM.planId(), "us-west-2", MEDIUM.hourlyRate());
    }

    @Override
    public void close() {
        ledger.close();
    }
}
