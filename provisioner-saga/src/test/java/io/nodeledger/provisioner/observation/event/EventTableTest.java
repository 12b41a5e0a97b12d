package io.nodeledger.provisioner.observation.event;

import static io.nodeledger.provisioner.observation.event.AnEvent.NOON;
import static io.nodeledger.provisioner.observation.event.AnEvent.seen;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventTableTest {
    private static final EventDatabase DATABASE = new EventDatabase();
    private static final int MANY = 2_000;

    private final EventTable table = DATABASE.table("one");

    @BeforeEach
    void one_observes() {
        DATABASE.empty();
        DATABASE.take("r", "one");
    }

    @Test
    void what_goes_on_is_one_row_that_counts_although_its_object_is_another() {
        table.write("r", List.of(seen("a", 1, NOON, NOON)));
        table.write("r", List.of(seen("a", 4, NOON, minutes(5))));
        table.write("r", List.of(seen("b", 2, minutes(14), minutes(16))));

        assertThat(rows("r")).containsExactly("a node-1 Warning SystemOOM kubelet 6 12:00-12:16");
    }

    @Test
    void what_happens_again_much_later_is_another_row_unless_kubernetes_counts_it_as_the_same() {
        table.write("r", List.of(seen("a", 1, NOON, NOON), seen("b", 1, minutes(11), minutes(11))));
        table.write("r", List.of(seen("a", 2, NOON, minutes(50))));

        assertThat(rows("r"))
                .containsExactly(
                        "a node-1 Warning SystemOOM kubelet 2 12:00-12:50",
                        "b node-1 Warning SystemOOM kubelet 1 12:11-12:11");
    }

    @Test
    void what_is_told_again_counts_once_also_by_who_takes_over() {
        var told = List.of(seen("a", 2, NOON, minutes(1)), seen("b", 3, minutes(2), minutes(3)));
        table.write("r", told);
        String written = DATABASE.writers();

        table.write("r", told);
        DATABASE.take("r", "other");
        DATABASE.table("other").write("r", told);

        assertThat(rows("r")).containsExactly("a node-1 Warning SystemOOM kubelet 5 12:00-12:03");
        assertThat(DATABASE.writers()).as("no row was touched").isEqualTo(written);
    }

    @Test
    void an_instance_that_was_overtaken_writes_nothing() {
        DATABASE.take("r", "other");

        table.write("r", List.of(seen("a", 1, NOON, NOON)));

        assertThat(rows("r")).isEmpty();
    }

    @Test
    void the_same_object_in_two_regions_is_two() {
        DATABASE.take("s", "one");

        table.write("r", List.of(seen("a", 1, NOON, NOON)));
        table.write("s", List.of(seen("a", 2, NOON, NOON)));

        assertThat(rows("r")).containsExactly("a node-1 Warning SystemOOM kubelet 1 12:00-12:00");
        assertThat(rows("s")).containsExactly("a node-1 Warning SystemOOM kubelet 2 12:00-12:00");
    }

    @Test
    void an_event_that_kubernetes_rewords_shows_its_youngest_wording() {
        table.write("r", List.of(seen("a", 1, NOON, NOON)));
        var combined = new What("node-1", "Warning", "SystemOOM", "(combined from similar events)", "kubelet");

        table.write("r", List.of(new SeenEvent("a", combined, 2, NOON, minutes(1))));

        assertThat(DATABASE.messages("r")).containsExactly("(combined from similar events)");
    }

    @Test
    void many_events_of_many_nodes_are_written_at_once() {
        var told = IntStream.range(0, MANY)
                .mapToObj(n -> seen("uid-" + n, "node-" + n % 200, 1, minutes(n / 200 * 20), minutes(n / 200 * 20)))
                .toList();

        table.write("r", told);
        table.write("r", told);

        assertThat(rows("r")).hasSize(MANY);
    }

    @Test
    void old_events_are_removed_with_what_was_known_of_their_objects() {
        Instant now = Instant.now();
        table.write(
                "r",
                IntStream.range(0, MANY)
                        .mapToObj(n -> seen("old-" + n, "node-" + n, 1, days(now, 8), days(now, 8)))
                        .toList());
        table.write("r", List.of(seen("young", "node-young", 1, days(now, 8), days(now, 6))));
        var expired = new ExpiredEvents(DATABASE.jdbc(), Duration.ofDays(7));

        assertThat(expired.remove()).isEqualTo(MANY);

        assertThat(DATABASE.ids("kubernetes_event", "id")).containsExactly("young");
        assertThat(DATABASE.ids("kubernetes_event_object", "uid")).containsExactly("young");
        assertThat(expired.remove()).isZero();
    }

    private static Instant days(Instant now, int ago) {
        return now.minus(Duration.ofDays(ago));
    }

    private static Instant minutes(int afterNoon) {
        return NOON.plus(Duration.ofMinutes(afterNoon));
    }

    private static List<String> rows(String region) {
        return DATABASE.rows(region);
    }
}
