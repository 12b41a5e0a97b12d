package io.nodeledger.query.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.MembershipEvent.TransitionJoined;
import io.nodeledger.events.transition.Placement;
import io.nodeledger.events.workspace.WorkspaceEvent.PlacementChanged;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionBegun;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionEnded;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Transition;
import io.nodeledger.query.Workspaces;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A move in the trails of the workspace and of its nodes. */
class TransitionAuditHttpTest {
    private static final String NODES = "/api/v1/workspaces/ws-123/nodes";
    private static final String AUDIT = NODES + "/audit";
    private static final Instant BEGIN = Instant.parse("2024-01-20T10:00:00Z");
    private static QueryServer server;

    @BeforeAll
    static void given_a_workspace_that_moves_to_dedicated_nodes() {
        server = new QueryServer();
        server.append(Workspaces.registered("ws-123"));
        server.append(List.of(new TransitionBegun("ws-123", "trans-1", Placement.DEDICATED, true, BEGIN)));
        var node = new History("node-1", "ws-123", "web-1", BEGIN).provision().succeed();
        server.append(Stream.concat(
                        node.events().stream(),
                        Stream.of(new TransitionJoined("node-1", "ws-123", "trans-1", BEGIN.plusSeconds(60))))
                .toList());
        server.append(
                Transition.to(Placement.DEDICATED, "trans-1", BEGIN).moved().events());
        server.append(List.of(
                new PlacementChanged("ws-123", "trans-1", Placement.DEDICATED, BEGIN.plusSeconds(240)),
                new TransitionEnded("ws-123", "trans-1", BEGIN.plusSeconds(300))));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void each_event_of_a_transition_has_an_entry_that_says_what_it_was_and_is() {
        var entries = server.all(AUDIT + "?limit=3").stream()
                .filter(entry -> entry.get("type").asString().startsWith("transition."))
                .toList();

        assertThat(entries.stream().map(TransitionAuditHttpTest::words))
                .containsExactly(
                        "transition.started >provisioning",
                        "transition.node_ready provisioning>provisioning",
                        "transition.node_ready provisioning>migrating",
                        "transition.migration_started migrating>migrating",
                        "transition.workloads_moved migrating>migrating",
                        "transition.placement_switched migrating>migrating",
                        "transition.completed migrating>completed");
        var started = entries.getFirst();
        assertThat(started.get("transition_id").asString()).isEqualTo("trans-1");
        assertThat(started.at("/actor/id").asString()).isEqualTo("user-1");
        assertThat(started.at("/cause/command").asString()).isEqualTo("ProvisionNode");
        assertThat(started.at("/data/strategy").asString()).isEqualTo("blue_green");
        assertThat(started.get("data").has("transition_id")).isFalse();
        assertThat(entries.get(1).get("node_id").asString()).isEqualTo("node-1");
        assertThat(entries.get(5).at("/data/placement").asString()).isEqualTo("dedicated");
    }

    @Test
    void what_only_the_transition_needs_to_know_is_shown_on_request() {
        var shared = Transition.to(Placement.SHARED, "trans-2", BEGIN.plusSeconds(3_600))
                .everything()
                .events();
        server.append(shared);

        var told = types(server.all(AUDIT + "?include=steps"));
        assertThat(told).contains("transition.backup_started", "transition.nodes_reserved", "transition.delayed");
        assertThat(types(server.all(AUDIT)))
                .contains("transition.node_backed_up", "transition.paused")
                .doesNotContain("transition.backup_started", "transition.nodes_reserved", "transition.delayed");
    }

    @Test
    void the_workspace_and_the_node_say_which_transition_they_are_in() {
        assertThat(server.all(AUDIT + "?action=workspace.placement_changed").stream()
                        .map(entry -> entry.get("transition_id").asString() + " "
                                + entry.at("/data/placement").asString()))
                .containsExactly("trans-1 dedicated");
        var joined = server.all(NODES + "/node-1/audit?action=node.transition_joined");
        assertThat(joined.stream().map(entry -> entry.get("transition_id").asString()))
                .containsExactly("trans-1");
        assertThat(server.all(NODES + "/node-1/events?limit=1")
                        .getFirst()
                        .get("message")
                        .asString())
                .isEqualTo("The node belongs to the transition trans-1");
    }

    @Test
    void a_workspace_says_where_its_workloads_run() {
        var placed = server.get(NODES + "/credits").data();
        assertThat(placed.get("placement").asString()).isEqualTo("dedicated");
        assertThat(placed.has("transition_id")).isFalse();

        server.append(Workspaces.registered("ws-2"));
        server.append(List.of(new TransitionBegun("ws-2", "trans-9", Placement.DEDICATED, true, BEGIN)));

        var moving = server.get("/api/v1/admin/workspaces/ws-2").data();
        assertThat(moving.get("placement").asString()).isEqualTo("shared");
        assertThat(moving.get("transition_id").asString()).isEqualTo("trans-9");
    }

    private static String words(JsonNode entry) {
        return "%s %s>%s"
                .formatted(
                        entry.get("type").asString(),
                        entry.at("/before/status").asString(""),
                        entry.at("/after/status").asString(""));
    }

    private static List<String> types(List<JsonNode> entries) {
        return entries.stream().map(entry -> entry.get("type").asString()).toList();
    }
}
