package io.nodeledger.query.transition;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.transition.Placement;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.TransitionEvent.TransitionTurnedBack;
import io.nodeledger.events.transition.record.TransitionFold;
import io.nodeledger.query.Transition;
import io.nodeledger.query.operation.OperationView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A transition among the operations. */
class TransitionOperationTest {
    private static final Instant BEGIN = Instant.parse("2024-01-20T10:00:00Z");

    @Test
    void it_is_pending_until_its_window_opens() {
        var scheduled = operation(Transition.to(Placement.SHARED, "trans-1", BEGIN));

        assertThat(scheduled.status()).isEqualTo("pending");
        assertThat(scheduled.progress()).isZero();
    }

    @Test
    void progress_never_falls_and_ends_with_all_of_it() {
        var events =
                Transition.to(Placement.SHARED, "trans-1", BEGIN).everything().events();
        int before = 0;
        for (int end = 1; end <= events.size(); end++) {
            int progress = operation(events.subList(0, end)).progress();
            assertThat(progress).as(events.get(end - 1).toString()).isGreaterThanOrEqualTo(before);
            before = progress;
        }
        assertThat(before).isEqualTo(100);
        assertThat(steps(operation(events))).allMatch(step -> step.endsWith(" succeeded"));
    }

    @Test
    void new_nodes_are_given_to_their_users_last() {
        var switched = operation(Transition.to(Placement.DEDICATED, "trans-1", BEGIN)
                .ready("node-1")
                .ready("node-2")
                .migrating()
                .switched(Placement.DEDICATED));

        assertThat(steps(switched)).endsWith("switch succeeded", "give_back running");
        assertThat(switched.progress()).isEqualTo(80);
    }

    @Test
    void what_undoes_it_follows_what_it_did() {
        var history = Transition.to(Placement.DEDICATED, "trans-1", BEGIN)
                .ready("node-1")
                .ready("node-2")
                .migrating()
                .turnedBack("BLOCKED")
                .movedBack();

        var undone = operation(history);

        assertThat(undone.status()).isEqualTo("running");
        assertThat(undone.error()).isEqualTo(new OperationView.Failure("BLOCKED", "Because", "migrate"));
        assertThat(steps(undone))
                .containsExactly(
                        "provision succeeded",
                        "prepare succeeded",
                        "migrate failed",
                        "switch skipped",
                        "give_back skipped",
                        "move_back succeeded",
                        "remove running");
    }

    @Test
    void its_steps_say_when_they_were_gone_through() {
        assertThat(minutes(operation(
                        Transition.to(Placement.DEDICATED, "trans-1", BEGIN).moved())))
                .containsExactly("provision 0-2", "prepare 2-3", "migrate 3-4", "switch 4-5", "give_back 5-6");
        assertThat(minutes(operation(
                        Transition.to(Placement.SHARED, "trans-1", BEGIN).everything())))
                .as("backups are made again after a pause")
                .containsExactly(
                        "await_window 0-1",
                        "reserve 1-2",
                        "back_up 2-14",
                        "prepare 6-7",
                        "migrate 7-16",
                        "switch 16-17",
                        "delete 17-19");
        assertThat(minutes(operation(Transition.to(Placement.DEDICATED, "trans-1", BEGIN)
                        .ready("node-1")
                        .ready("node-2")
                        .migrating()
                        .turnedBack("BLOCKED")
                        .movedBack())))
                .containsExactly(
                        "provision 0-2",
                        "prepare 2-3",
                        "migrate 3-4",
                        "switch -",
                        "give_back -",
                        "move_back 4-5",
                        "remove 5-");
    }

    @Test
    void what_was_called_off_is_no_failure() {
        var cancelled =
                operation(Transition.to(Placement.SHARED, "trans-1", BEGIN).cancelled());

        assertThat(cancelled.status()).isEqualTo("cancelled");
        assertThat(cancelled.error()).isNull();
        assertThat(steps(cancelled)).startsWith("await_window cancelled", "reserve skipped");
        assertThat(TransitionTurnedBack.CANCELLED).isNotBlank();
    }

    @Test
    void it_says_when_a_person_has_to_look() {
        var stuck = operation(Transition.to(Placement.SHARED, "trans-1", BEGIN)
                .open()
                .migrating()
                .turnedBack("BLOCKED")
                .stuck());

        assertThat(stuck.needsAttention()).isTrue();
    }

    private static List<String> steps(OperationView operation) {
        return operation.steps().stream()
                .map(step -> step.step() + " " + step.status())
                .toList();
    }

    /** Of each step, when it began and ended: minutes since the transition began. */
    private static List<String> minutes(OperationView operation) {
        return operation.steps().stream()
                .map(step -> step.step() + " " + minute(step.startedAt()) + "-" + minute(step.finishedAt()))
                .toList();
    }

    private static String minute(@Nullable Instant moment) {
        return moment == null
                ? ""
                : String.valueOf(Duration.between(BEGIN, moment).toMinutes());
    }

    private static OperationView operation(Transition history) {
        return operation(history.events());
    }

    private static OperationView operation(List<TransitionEvent> events) {
        @Nullable TransitionRow row = null;
        for (TransitionEvent event : events) {
            row = row == null
                    ? TransitionRow.begun(TransitionFold.after(null, event), "user-1", "req-1")
                    : row.after(TransitionFold.after(row.transition(), event), event.effectiveAt());
        }
        return TransitionOperation.of(Objects.requireNonNull(row), null);
    }
}
