package io.nodeledger.query.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.events.operation.Step;
import io.nodeledger.query.Folding;
import io.nodeledger.query.History;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class NodeProjectionTest {
    private static final String NODE = "node-1";
    private final NodeProjection projection = new NodeProjection();

    @Test
    void a_new_node_is_provisioning_and_knows_the_name_it_will_have_in_kubernetes() {
        var row = fold(History.of(NODE).provision());

        assertThat(row.state().status()).isEqualTo(NodeStatus.PROVISIONING);
        assertThat(row.state().kubernetes().nodeName()).isEqualTo("node-1-k8s");
        assertThat(row.state().kubernetes().ready()).isFalse();
        assertThat(row.state().version()).isZero();
    }

    @Test
    void a_provisioned_node_runs_with_addresses_and_what_kubernetes_says() {
        var row = fold(History.of(NODE).provision().succeed());

        assertThat(row.state().status()).isEqualTo(NodeStatus.RUNNING);
        assertThat(row.state().privateAddress()).isEqualTo("10.0.1.100");
        assertThat(row.state().kubernetes().ready()).isTrue();
        assertThat(row.state().kubernetes().schedulable()).isTrue();
        assertThat(row.state().kubernetes().allocatable()).containsEntry("cpu", "3800m");
    }

    @Test
    void steps_of_an_operation_do_not_change_the_version_or_the_time_of_the_last_change() {
        var row = fold(History.of(NODE).provision().done(Step.ALLOCATE).done(Step.CLONE));

        assertThat(row.state().version()).isZero();
        assertThat(row.state().updatedAt()).isEqualTo(row.origin().createdAt());
    }

    @Test
    void a_failed_provisioning_leaves_an_error_with_its_reason_and_no_machine() {
        var row = fold(History.of(NODE)
                .provision()
                .failed(Step.CLONE)
                .done(Step.REMOVE_FROM_KUBERNETES)
                .provisioningFailed(Step.CLONE));

        assertThat(row.state().status()).isEqualTo(NodeStatus.ERROR);
        assertThat(row.state().reason()).isEqualTo(new NodeRecord.StatusReason("TEMPLATE_MISSING", "no template"));
        assertThat(row.state().privateAddress()).isNull();
    }

    @Test
    void a_deletion_cordons_and_its_failure_lets_pods_in_again() {
        var history = History.of(NODE)
                .provision()
                .succeed()
                .delete(NodeStatus.RUNNING)
                .done(Step.CORDON);
        assertThat(fold(history).state().kubernetes().schedulable()).isFalse();

        var failed = fold(history.failed(Step.DRAIN).done(Step.UNCORDON).deletionFailed());

        assertThat(failed.state().status()).isEqualTo(NodeStatus.RUNNING);
        assertThat(failed.state().kubernetes().schedulable()).isTrue();
    }

    @Test
    void a_deleted_node_is_deleted() {
        var row = fold(History.of(NODE)
                .provision()
                .succeed()
                .later(Duration.ofHours(10).minusSeconds(1))
                .delete(NodeStatus.RUNNING)
                .deleted());

        assertThat(row.state().status()).isEqualTo(NodeStatus.DELETED);
    }

    @Test
    void a_node_that_a_person_has_to_look_at_is_in_error_and_says_why() {
        var row = fold(History.of(NODE)
                .provision()
                .succeed()
                .later(Duration.ofHours(1).minusSeconds(2))
                .delete(NodeStatus.RUNNING)
                .needsAttention(Step.DESTROY));

        assertThat(row.state().status()).isEqualTo(NodeStatus.ERROR);
        assertThat(row.state().reason()).isNotNull();
    }

    @Test
    void whatever_may_change_what_is_shown_changes_the_version_and_nothing_else_does() {
        var history = History.of(NODE).provision().done(Step.BOOT);
        assertThat(version(history)).isZero();
        assertThat(version(history.done(Step.ADDRESS))).isEqualTo(2);
        assertThat(version(history.waiting(Step.JOIN, 1, "the kubelet"))).isEqualTo(2);
        assertThat(version(history.ready())).isEqualTo(4);
        assertThat(version(history.delete(NodeStatus.RUNNING))).isEqualTo(5);
        assertThat(version(history.done(Step.CORDON))).isEqualTo(6);
        assertThat(version(history.waiting(Step.DRAIN, 1, "a budget"))).isEqualTo(6);
        assertThat(version(history.done(Step.UNCORDON))).isEqualTo(8);
    }

    @Test
    void a_node_whose_machine_vanished_is_in_error_and_says_why() {
        var row = fold(History.of(NODE)
                .provision()
                .succeed()
                .later(Duration.ofHours(1).minusSeconds(1).plusSeconds(45))
                .vanished(Duration.ofSeconds(45)));

        assertThat(row.state().status()).isEqualTo(NodeStatus.ERROR);
        assertThat(row.state().reason()).isNotNull();
        assertThat(row.state().kubernetes().ready()).isFalse();
    }

    @Test
    void a_node_found_powered_off_is_stopped_until_it_is_found_powered_on() {
        var off = History.of(NODE)
                .provision()
                .succeed()
                .later(Duration.ofHours(1).minusSeconds(1))
                .foundOff();

        assertThat(fold(off).state().status()).isEqualTo(NodeStatus.STOPPED);
        assertThat(fold(off).state().kubernetes().ready()).isFalse();

        var on = fold(off.later(Duration.ofHours(5)).foundOn());

        assertThat(on.state().status()).isEqualTo(NodeStatus.RUNNING);
        assertThat(on.state().reason()).isNull();
        assertThat(on.state().kubernetes().ready()).isTrue();
    }

    @Test
    void a_deletion_that_fails_leaves_a_stopped_node_stopped() {
        var row = fold(History.of(NODE)
                .provision()
                .succeed()
                .foundOff()
                .delete(NodeStatus.STOPPED)
                .deletionFailed(NodeStatus.STOPPED));

        assertThat(row.state().status()).isEqualTo(NodeStatus.STOPPED);
    }

    @Test
    void a_lost_kubernetes_node_is_not_ready_and_says_why_until_it_is_back() {
        var lost = History.of(NODE).provision().succeed().kubernetesLost();

        assertThat(fold(lost).state().status()).isEqualTo(NodeStatus.RUNNING);
        assertThat(fold(lost).state().kubernetes().ready()).isFalse();
        assertThat(fold(lost).state().reason()).isNotNull();

        var back = fold(lost.kubernetesRecovered());

        assertThat(back.state().kubernetes().ready()).isTrue();
        assertThat(back.state().kubernetes().allocatable()).containsEntry("cpu", "3800m");
        assertThat(back.state().reason()).isNull();
    }

    @Test
    void what_is_removed_after_the_end_changes_nothing_of_a_deleted_node() {
        var deleted = History.of(NODE)
                .provision()
                .succeed()
                .delete(NodeStatus.RUNNING)
                .deleted();
        var end = fold(deleted).state().deletedAt();

        var row = fold(deleted.orphanRemoved());

        assertThat(row.state().status()).isEqualTo(NodeStatus.DELETED);
        assertThat(row.state().deletedAt()).isEqualTo(end);
    }

    @Test
    void an_event_without_a_beginning_stops_the_fold() {
        var events = Folding.stored(History.of(NODE).provision().succeed().events());

        assertThatThrownBy(() -> projection.apply(null, events.getLast()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(NODE);
    }

    private long version(History history) {
        return fold(history).state().version();
    }

    private NodeRecord fold(History history) {
        return Folding.fold(projection, NODE, history);
    }
}
