package io.nodeledger.query.events;

import static io.nodeledger.query.events.EventServer.node;
import static io.nodeledger.query.events.EventServer.path;
import static io.nodeledger.query.events.EventServer.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.query.QueryServer.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Following the cursors loses nothing and repeats nothing, whatever happens meanwhile. */
class EventPagesTest {
    private static EventServer server;
    private static int nodes;

    private String id = "";

    @BeforeAll
    static void start() {
        server = new EventServer();
        server.makeTable();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** One of the platform's events is of the same second as three of the cluster's. */
    @BeforeEach
    void given_a_node_with_events_of_both() {
        server.forgetAll();
        id = "node-" + ++nodes;
        server.append(node(id).provision().succeed().migrated().foundOff());
        for (String event : List.of("a", "b", "c")) {
            server.tell(id, event, "Normal", "kubelet", "2024-01-20T10:00:00Z");
        }
        server.tell(id, "d", "Warning", "kubelet", "2024-01-20T10:00:05Z");
        server.tell(id, "e", "Normal", "kubelet", "2024-01-20T10:00:05Z");
        server.tell(id, "f", "Normal", "kubelet", "2024-01-20T12:00:00Z");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 9, 10, 200})
    void parts_of_any_size_add_up_to_the_list(int limit) {
        var all = server.reasons(id, "");

        assertThat(server.reasonsByParts(id, "?limit=" + limit)).isEqualTo(all);
        assertThat(all)
                .containsExactly(
                        "Reasonf",
                        "NodeFoundStopped",
                        "MachineMigrated",
                        "NodeProvisioned",
                        "Reasone",
                        "Reasond",
                        "NodeProvisioning",
                        "Reasonc",
                        "Reasonb",
                        "Reasona");
    }

    @Test
    void what_comes_meanwhile_is_not_shown_and_disturbs_nothing() {
        for (int shown = 1; shown < 10; shown++) {
            // given
            given_a_node_with_events_of_both();
            var all = server.reasons(id, "");
            var first = server.http().get(path(id) + "?limit=" + shown);

            // when
            server.tell(id, "new", "Warning", "kubelet", "2024-01-21T00:00:00Z");
            var history = node(id).provision().succeed().migrated().foundOff();
            int before = history.events().size();
            server.append(history.later(Duration.ofHours(20)).foundOn(), before);

            // then
            assertThat(followed(first)).as("after %d", shown).isEqualTo(all);
        }
    }

    @Test
    void an_event_that_happens_again_meanwhile_is_shown_once_if_it_was_shown_and_else_at_the_next_beginning() {
        // given
        var first = server.http().get(path(id) + "?limit=5");

        // when
        server.repeat("e", "2024-01-21T00:00:00Z");
        server.repeat("b", "2024-01-21T00:00:01Z");

        // then
        assertThat(followed(first))
                .containsExactly(
                        "Reasonf",
                        "NodeFoundStopped",
                        "MachineMigrated",
                        "NodeProvisioned",
                        "Reasone",
                        "Reasond",
                        "NodeProvisioning",
                        "Reasonc",
                        "Reasona");
        assertThat(server.reasons(id, "?limit=2")).containsExactly("Reasonb", "Reasone");
    }

    @Test
    void a_cursor_goes_on_with_its_filters_and_is_refused_with_others() {
        var first = server.http().get(path(id) + "?limit=1&source=kubelet&type=Normal");
        assertThat(followed(first)).containsExactly("Reasonf", "Reasone", "Reasonc", "Reasonb", "Reasona");

        var other = next(first).replace("source=kubelet", "source=node-controller");
        assertThat(server.http().get(other).status()).isEqualTo(400);
    }

    @Test
    void the_last_part_has_no_link() {
        assertThat(server.http().get(path(id) + "?limit=9").header("Link")).contains("rel=\"next\"");
        assertThat(server.http().get(path(id) + "?limit=10").header("Link")).isEmpty();
    }

    private static List<String> followed(Answer first) {
        var events = new ArrayList<JsonNode>(first.data().valueStream().toList());
        events.addAll(server.http().all(next(first)));
        return reasons(events);
    }

    private static String next(Answer answer) {
        return answer.header("Link").replaceAll(".*<https?://[^/>]+([^>]*)>; rel=\"next\".*", "$1");
    }
}
