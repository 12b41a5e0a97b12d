package io.nodeledger.query.cost.meter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.nodeledger.events.metering.Meter;
import io.nodeledger.events.metering.MeterReading;
import io.nodeledger.events.metering.Metered;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.operation.Step;
import io.nodeledger.query.Folding;
import io.nodeledger.query.History;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MeterProjectionTest {
    private static final String NODE = "node-1";
    private static final Instant LATER = Instant.parse("2024-01-31T00:00:00Z");

    private final MeterProjection projection = new MeterProjection();

    @Test
    void nothing_is_billed_before_a_node_is_first_ready() {
        assertThat(cost(History.of(NODE).provision())).isZero();
        assertThat(fold(History.of(NODE).provision()).meter()).isEqualTo(Meter.NEW);
    }

    @Test
    void a_deleted_node_is_billed_until_its_end_and_no_longer() {
        assertThat(cost(History.of(NODE)
                        .provision()
                        .succeed()
                        .later(Duration.ofHours(10).minusSeconds(1))
                        .delete(NodeStatus.RUNNING)
                        .deleted()))
                .isEqualByComparingTo("1.200033333333333333333333333333333");
    }

    @Test
    void a_node_that_a_person_has_to_look_at_is_no_longer_billed() {
        assertThat(cost(History.of(NODE)
                        .provision()
                        .succeed()
                        .later(Duration.ofHours(1).minusSeconds(2))
                        .delete(NodeStatus.RUNNING)
                        .needsAttention(Step.DESTROY)))
                .isEqualByComparingTo("0.12");
    }

    @Test
    void a_deletion_that_fails_into_error_ends_the_bill_and_one_that_fails_into_running_does_not() {
        var running = History.of(NODE).provision().succeed().delete(NodeStatus.RUNNING);
        assertThat(now(running.deletionFailed())).isEqualTo(Metered.RUNNING);

        assertThat(now(running.delete(NodeStatus.RUNNING).deletionFailed(NodeStatus.ERROR)))
                .isEqualTo(Metered.OFF);
    }

    @Test
    void case_9_a_machine_that_vanished_is_billed_until_it_was_last_seen() {
        assertThat(cost(History.of(NODE)
                        .provision()
                        .succeed()
                        .later(Duration.ofHours(1).minusSeconds(1).plusSeconds(45))
                        .vanished(Duration.ofSeconds(45))))
                .isEqualByComparingTo("0.12");
    }

    @Test
    void a_machine_that_vanished_right_after_it_was_ready_costs_nothing() {
        assertThat(cost(History.of(NODE).provision().succeed().vanished(Duration.ofHours(1))))
                .isZero();
    }

    @Test
    void a_node_found_powered_off_costs_its_stopped_rate_until_it_is_found_powered_on() {
        var off = History.of(NODE)
                .provision()
                .succeed()
                .later(Duration.ofHours(1).minusSeconds(1))
                .foundOff();
        assertThat(cost(off)).isEqualByComparingTo("0.12");
        assertThat(now(off)).isEqualTo(Metered.STOPPED);

        assertThat(now(off.later(Duration.ofHours(5)).foundOn())).isEqualTo(Metered.RUNNING);
    }

    @Test
    void a_deletion_that_fails_keeps_a_stopped_node_at_its_rate() {
        assertThat(now(History.of(NODE)
                        .provision()
                        .succeed()
                        .foundOff()
                        .delete(NodeStatus.STOPPED)
                        .deletionFailed(NodeStatus.STOPPED)))
                .isEqualTo(Metered.STOPPED);
    }

    @Test
    void an_event_without_a_beginning_stops_the_fold() {
        var events = Folding.stored(History.of(NODE).provision().succeed().events());

        assertThatThrownBy(() -> projection.apply(null, events.getLast()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(NODE);
    }

    private BigDecimal cost(History history) {
        var points = fold(history).meter().recent();
        return (points.isEmpty() ? MeterReading.ZERO : points.getLast().readingAt(LATER)).cost();
    }

    private Metered now(History history) {
        return fold(history).meter().recent().getLast().metered();
    }

    private MeteredNode fold(History history) {
        return Folding.fold(projection, NODE, history);
    }
}
