package io.nodeledger.query.audit;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.query.History;
import io.nodeledger.query.QueryServer;
import io.nodeledger.query.Workspaces;
import io.nodeledger.query.projection.ProjectionRebuild;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What was found outside is in the audit like everything else, with its cause (source: reliability, case 22). */
class ObservedAuditTest {
    private static final String AUDIT = "/api/v1/workspaces/ws-123/nodes/node-1/audit";
    private static final Cause RECONCILER =
            new Cause("reconciler", "system", "platform", "ws-123", "pass-1", null, null, "RecordObservation", null);

    @Test
    void each_entry_tells_who_saw_it_and_the_status_before_and_after_and_survives_a_rebuild() {
        try (var server = new QueryServer()) {
            // given
            server.append(Workspaces.registered("ws-123"));
            var history = History.of("node-1").provision().succeed();
            int told = history.events().size();
            server.append(history);
            history.migrated().foundOff().foundOn().kubernetesLost().vanished(Duration.ofSeconds(30));
            var seen = history.events().subList(told, history.events().size());

            // when
            server.appendUnseen(seen, RECONCILER.asMetadata());
            history.delete(NodeStatus.ERROR).gone().orphanRemoved();
            server.append(history.events()
                    .subList(told + seen.size(), history.events().size()));

            // then
            var entries = server.all(AUDIT);
            assertThat(entries.stream()
                            .map(entry -> entry.get("type").asString()
                                    + " " + entry.at("/before/status").asString("")
                                    + ">" + entry.at("/after/status").asString("")))
                    .containsExactly(
                            "node.provisioning_started >provisioning",
                            "node.provisioning_completed provisioning>running",
                            "node.machine_migrated running>running",
                            "node.found_stopped running>stopped",
                            "node.found_running stopped>running",
                            "node.kubernetes_node_lost running>running",
                            "node.machine_vanished running>error",
                            "node.deletion_started error>deleting",
                            "node.deleted deleting>deleted",
                            "node.orphan_machine_removed deleted>deleted");
            var vanished = entries.get(6);
            assertThat(vanished.get("actor").toString())
                    .isEqualTo("{\"id\":\"reconciler\",\"type\":\"system\",\"role\":\"platform\"}");
            assertThat(vanished.at("/cause/command").asString()).isEqualTo("RecordObservation");
            assertThat(vanished.at("/data/last_seen_at").isString()).isTrue();
            assertThat(vanished.has("operation_id")).isFalse();

            // when
            var rebuild = server.bean(ProjectionRebuild.class);
            rebuild.start("nodes");
            await().atMost(20, SECONDS)
                    .until(() -> !rebuild.status("nodes").orElseThrow().isRebuilding());

            // then
            assertThat(server.all(AUDIT)).isEqualTo(entries);
        }
    }
}
