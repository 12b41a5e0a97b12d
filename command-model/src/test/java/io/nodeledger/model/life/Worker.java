package io.nodeledger.model.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeCommand.RecordOutcome;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.OperationEnd;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.events.node.PowerEvent;
import io.nodeledger.events.node.UpdateEvent;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.model.InMemoryLedger;
import io.nodeledger.model.operation.OperationProgress;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Saga and activities in one: it does the step that is next and reports what came of it. */
final class Worker {
    private final InMemoryLedger ledger;
    private final SimulatedMachine machine;
    private @Nullable OperationProgress operation;
    private @Nullable RecordOutcome reported;

    Worker(InMemoryLedger ledger, SimulatedMachine machine) {
        this.ledger = ledger;
        this.machine = machine;
    }

    Optional<Step> next() {
        return Optional.ofNullable(operation).flatMap(OperationProgress::next);
    }

    void work(String nodeId, Act.Luck luck, Instant at) {
        if (luck == Act.Luck.REPEATED) {
            repeat();
        } else if (operation != null) {
            Step step = operation.next().orElseThrow(() -> new AssertionError("Nothing to do for " + operation));
            var outcome = outcome(step, luck);
            var report = new RecordOutcome(nodeId, "ws-1", operation.id(), step, operation.round(), 1, outcome, at, at);
            assertThat(ledger.<OutcomeAnswer>send(report)).isEqualTo(OutcomeAnswer.RECORDED);
            reported = outcome instanceof Outcome.Delayed ? reported : report;
        }
    }

    private Outcome outcome(Step step, Act.Luck luck) {
        return switch (luck) {
            case FAILED -> no();
            case FAILED_LATE -> {
                machine.work(step);
                yield no();
            }
            case STUCK -> new Outcome.Stuck("STUCK", "Nobody knows.");
            case DELAYED -> new Outcome.Delayed("The storage is locked.");
            case TAKEN -> step == Step.CLONE ? new Outcome.IdTaken(machine.vmId(), "foreign") : machine.work(step);
            case GOOD, REPEATED -> machine.work(step);
        };
    }

    /** What was reported before is reported once more: it must change nothing (source: rulings 3). */
    private void repeat() {
        boolean dueAgain = operation != null
                && reported != null
                && operation.id().equals(reported.operationId())
                && next().filter(reported.step()::equals).isPresent();
        if (reported != null && !dueAgain) {
            assertThat(ledger.<OutcomeAnswer>send(reported)).isNotEqualTo(OutcomeAnswer.RECORDED);
        }
    }

    void add(NodeEvent event) {
        var current = operation;
        operation = switch (event) {
            case NodeEvent.NodeProvisioningStarted e -> begin(e.operationId(), OperationType.PROVISION);
            case NodeEvent.NodeProvisioningRetried e -> begin(e.operationId(), OperationType.PROVISION);
            case NodeEvent.NodeDeletionStarted e -> begin(e.operationId(), OperationType.DELETE);
            case UpdateEvent.NodeUpdateStarted e -> begin(e.operationId(), OperationType.UPDATE);
            case PowerEvent.PowerOperationStarted e -> OperationProgress.begin(e);
            case NodeEvent.NodeDeletionForced _ when current != null -> current.forced();
            case NodeEvent.CancellationRequested e when current != null -> current.after(e);
            case NodeEvent.Progress e when current != null -> current.after(e);
            default -> OperationEnd.in(event).isPresent() ? null : current;
        };
    }

    private static OperationProgress begin(String id, OperationType type) {
        return OperationProgress.begin(id, type);
    }

    private static Outcome no() {
        return new Outcome.Failed("NO", "The provider said no.");
    }
}
