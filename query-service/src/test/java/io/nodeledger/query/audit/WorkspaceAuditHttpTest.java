package io.nodeledger.query.audit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsExhausted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsRestored;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeAdmitted;
import io.nodeledger.events.workspace.WorkspaceEvent.OwedSettled;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceChanged;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceCharged;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import io.nodeledger.query.projection.ProjectionRebuild;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What happens to a workspace itself is in its trail, between what happens to its nodes. */
class WorkspaceAuditHttpTest {
    private static final String AUDIT = "/api/v1/workspaces/ws-123/nodes/audit";
    private static final Instant BEGIN = Instant.parse("2024-02-01T10:00:00Z");
    private static final BigDecimal OWED = new BigDecimal("12.3456789");
    private static QueryServer server;

    @BeforeAll
    static void given_a_workspace_that_ran_out_of_credits_and_was_suspended() {
        server = new QueryServer();
        server.append(Workspaces.registered("ws-123"));
        server.append(List.of(new NodeAdmitted("ws-123", "node-1", "prod-node-1", new BigDecimal("86.40"), BEGIN)));
        server.append(History.of("node-1").provision());
        var operator =
                new Cause("op-1", "user", "platform_admin", "ws-123", "req-9", null, null, "ChangeWorkspace", null);
        server.appendUnseen(
                List.of(
                        changed(WorkspacePlan.TEAM, false),
                        new WorkspaceCharged(
                                "ws-123", LocalDate.parse("2024-02-01"), OWED, BigDecimal.ZERO, Map.of(), OWED, BEGIN),
                        new CreditsExhausted("ws-123", OWED, BEGIN.plusSeconds(60), AfterGrace.STOP, BEGIN),
                        changed(WorkspacePlan.TEAM, true)),
                operator.asMetadata());
        server.append(List.of(
                new CreditsGranted("ws-123", new BigDecimal("100"), null, BEGIN),
                new OwedSettled("ws-123", OWED, BEGIN),
                new CreditsRestored("ws-123", BEGIN),
                changed(WorkspacePlan.TEAM, false)));
    }

    private static WorkspaceChanged changed(WorkspacePlan plan, boolean suspended) {
        return new WorkspaceChanged("ws-123", plan, 5, "us-west-2", "ns-ws-123", suspended, BEGIN);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void each_event_of_the_workspace_has_an_entry_in_its_place() {
        assertThat(told(AUDIT))
                .containsExactly(
                        "workspace.registered >active",
                        "workspace.credits_granted active>active",
                        "node.provisioning_started >provisioning",
                        "workspace.plan_changed active>active",
                        "workspace.charged active>active",
                        "workspace.credits_exhausted active>active",
                        "workspace.suspended active>suspended",
                        "workspace.credits_granted suspended>suspended",
                        "workspace.owed_settled suspended>suspended",
                        "workspace.credits_restored suspended>suspended",
                        "workspace.resumed suspended>active");
        assertThat(told(AUDIT + "?limit=1")).isEqualTo(told(AUDIT));
        assertThat(told(AUDIT + "?limit=2&sort=-position"))
                .isEqualTo(told(AUDIT).reversed());
    }

    @Test
    void an_entry_says_who_did_it_and_to_the_last_digit_what() {
        var exhausted =
                server.all(AUDIT + "?action=workspace.credits_exhausted").getFirst();

        assertThat(exhausted.at("/actor/id").asString()).isEqualTo("op-1");
        assertThat(exhausted.get("request_id").asString()).isEqualTo("req-9");
        assertThat(exhausted.at("/cause/command").asString()).isEqualTo("ChangeWorkspace");
        assertThat(exhausted.has("node_id")).isFalse();
        assertThat(exhausted.get("id").asString()).startsWith("evt-");
        assertThat(exhausted.get("data").has("workspace_id")).isFalse();
        assertThat(exhausted.at("/data/owed").toString()).isEqualTo("12.3456789");
        assertThat(exhausted.at("/data/after_grace").asString()).isEqualTo("stop");
        assertThat(server.all(AUDIT + "?action=workspace.suspended")
                        .getFirst()
                        .at("/data/plan")
                        .asString())
                .isEqualTo("team");
    }

    @Test
    void what_only_follows_from_a_node_is_shown_on_request_and_not_in_the_nodes_own_trail() {
        assertThat(told(AUDIT + "?include=steps&node_id=node-1"))
                .containsExactly("workspace.node_admitted active>active", "node.provisioning_started >provisioning");
        assertThat(told(AUDIT.replace("/audit", "/node-1/audit?include=steps")))
                .containsExactly("node.provisioning_started >provisioning");
    }

    @Test
    void a_rebuild_of_the_workspaces_changes_nothing() {
        var before = server.all(AUDIT + "?include=steps");

        var rebuild = server.bean(ProjectionRebuild.class);
        rebuild.start("workspaces");
        await().atMost(20, SECONDS)
                .until(() -> !rebuild.status("workspaces").orElseThrow().isRebuilding());

        assertThat(server.all(AUDIT + "?include=steps")).isEqualTo(before).hasSize(12);
    }

    private static List<String> told(String path) {
        return server.all(path).stream()
                .map(entry -> entry.get("type").asString()
                        + " " + entry.at("/before/status").asString("")
                        + ">" + entry.at("/after/status").asString(""))
                .toList();
    }
}
