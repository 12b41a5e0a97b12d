package io.nodeledger.query.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.query.Folding;
import io.nodeledger.query.History;
import io.nodeledger.query.operation.StepRow.Status;
import org.junit.jupiter.api.Test;

class OperationProjectionTest {
    private final OperationProjection projection = new OperationProjection();

    @Test
    void an_operation_that_nobody_has_worked_on_is_pending_with_all_its_steps() {
        var row = fold(History.of("node-1").provision());

        assertThat(row.status()).isEqualTo(OperationStatus.PENDING);
        assertThat(row.progress()).isZero();
        assertThat(row.steps()).extracting(StepRow::step).isEqualTo(OperationType.PROVISION.steps());
        assertThat(row.origin().requestedBy()).isEqualTo("user-1");
        assertThat(row.origin().requestId()).isEqualTo("req-1");
    }

    @Test
    void the_step_after_a_finished_one_is_running() {
        var row = fold(History.of("node-1").provision().done(Step.ALLOCATE).waiting(Step.CLONE, 2, "locked"));

        assertThat(row.status()).isEqualTo(OperationStatus.RUNNING);
        assertThat(row.progress()).isEqualTo(12);
        assertThat(row.steps().getFirst().status()).isEqualTo(Status.SUCCEEDED);
        assertThat(row.steps().getFirst().detail()).isEqualTo("Machine 1000 on pve-1");
        var clone = row.steps().get(1);
        assertThat(clone.status()).isEqualTo(Status.RUNNING);
        assertThat(clone.attempt()).isEqualTo(2);
        assertThat(clone.detail()).isEqualTo("locked");
    }

    @Test
    void a_finished_operation_is_complete() {
        var row = fold(History.of("node-1").provision().succeed());

        assertThat(row.status()).isEqualTo(OperationStatus.SUCCEEDED);
        assertThat(row.progress()).isEqualTo(100);
        assertThat(row.finishedAt()).isNotNull();
        assertThat(row.steps()).allSatisfy(step -> {
            assertThat(step.status()).isEqualTo(Status.SUCCEEDED);
            assertThat(step.startedAt()).isNotNull();
            assertThat(step.finishedAt()).isNotNull();
        });
    }

    @Test
    void an_operation_that_turns_back_shows_the_steps_that_undo_it() {
        var row = fold(History.of("node-1").provision().done(Step.ALLOCATE).failed(Step.CLONE));

        assertThat(row.status()).isEqualTo(OperationStatus.RUNNING);
        assertThat(row.steps()).hasSize(12);
        assertThat(row.steps().get(1).status()).isEqualTo(Status.FAILED);
        assertThat(row.steps().get(7).status()).isEqualTo(Status.SKIPPED);
        assertThat(row.steps().get(8).step()).isEqualTo(Step.REMOVE_FROM_KUBERNETES);
        assertThat(row.steps().get(8).status()).isEqualTo(Status.RUNNING);
        assertThat(row.progress()).isEqualTo(12);
    }

    @Test
    void a_failed_operation_says_why() {
        var row = fold(History.of("node-1")
                .provision()
                .failed(Step.CLONE)
                .done(Step.DESTROY)
                .provisioningFailed(Step.CLONE));

        assertThat(row.status()).isEqualTo(OperationStatus.FAILED);
        assertThat(row.error()).isEqualTo(new OperationRow.Failure("TEMPLATE_MISSING", "no template", "clone"));
        assertThat(row.steps()).noneMatch(StepRow::isOpen);
    }

    @Test
    void a_failing_undo_adds_no_steps_again() {
        var row = fold(History.of("node-1")
                .provision()
                .failed(Step.CLONE)
                .failed(Step.DESTROY)
                .needsAttention(Step.DESTROY));

        assertThat(row.status()).isEqualTo(OperationStatus.FAILED);
        assertThat(row.steps()).hasSize(12);
        assertThat(row.steps())
                .as("only what was tried has failed")
                .filteredOn(step -> step.status() == Status.FAILED)
                .extracting(StepRow::step)
                .containsExactly(Step.CLONE, Step.DESTROY);
    }

    @Test
    void a_taken_machine_id_starts_the_work_over() {
        var row = fold(History.of("node-1").provision().done(Step.ALLOCATE).idTaken());

        assertThat(row.steps().getFirst().status()).isEqualTo(Status.RUNNING);
        assertThat(row.steps().get(1).status()).isEqualTo(Status.PENDING);
        assertThat(row.progress()).isEqualTo(12);
    }

    @Test
    void a_deletion_that_preempts_cancels_what_ran() {
        var history = History.of("node-1").provision().done(Step.ALLOCATE);
        var provisioning = history.operationId();
        history.cancelled().delete(NodeStatus.PROVISIONING).gone();

        var cancelled = Folding.fold(projection, provisioning, history);
        var deletion = fold(history);

        assertThat(cancelled.status()).isEqualTo(OperationStatus.CANCELLED);
        assertThat(cancelled.steps().get(1).status()).isEqualTo(Status.CANCELLED);
        assertThat(deletion.status()).isEqualTo(OperationStatus.SUCCEEDED);
    }

    @Test
    void a_deletion_that_is_forced_while_it_drains_leaves_the_drain_out() {
        var row = fold(History.of("node-1")
                .provision()
                .succeed()
                .delete(NodeStatus.RUNNING)
                .done(Step.CORDON)
                .waiting(Step.DRAIN, 1, "web-1 may not be disrupted")
                .force());

        assertThat(row.steps())
                .extracting(StepRow::step, StepRow::status)
                .startsWith(
                        tuple(Step.CORDON, Status.SUCCEEDED),
                        tuple(Step.DRAIN, Status.SKIPPED),
                        tuple(Step.REMOVE_FROM_KUBERNETES, Status.RUNNING));
        assertThat(row.steps().get(1).detail()).isEqualTo("Forced");
    }

    @Test
    void a_deletion_that_is_forced_after_it_turned_back_goes_on_and_forgets_its_failure() {
        var row = fold(History.of("node-1")
                .provision()
                .succeed()
                .delete(NodeStatus.RUNNING)
                .done(Step.CORDON)
                .failed(Step.DRAIN)
                .force());

        assertThat(row.steps()).extracting(StepRow::step).isEqualTo(OperationType.DELETE.steps());
        assertThat(row.steps().get(1).status()).isEqualTo(Status.SKIPPED);
        assertThat(row.steps().get(2).status()).isEqualTo(Status.RUNNING);
        assertThat(row.undoing()).isFalse();
        assertThat(row.error()).isNull();
    }

    private OperationRow fold(History history) {
        return Folding.fold(projection, history.operationId(), history);
    }
}
