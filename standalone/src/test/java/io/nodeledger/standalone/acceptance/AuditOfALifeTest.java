package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What the audit tells of a node that has lived through every operation. */
class AuditOfALifeTest {
    private static final Map<String, List<String>> BEGUN_BY_PEOPLE = Map.of(
            "node.provisioning_started", List.of("ProvisionNode"),
            "node.starting", List.of("StartNode"),
            "node.stopping", List.of("StopNode"),
            "node.rebooting", List.of("RebootNode"),
            "node.update_started", List.of("UpdateNode"),
            "node.cancellation_requested", List.of("CancelOperation"),
            "node.deletion_started", List.of("DeleteNode"),
            "node.deletion_forced", List.of("DeleteNode"));

    /** Source: reliability, case 22. */
    @Test
    void case22EveryTransitionHasAnActorAndACause() throws Exception {
        try (var nodes = OwnedNodes.ofSharedServer();
                var control = new SimulatorControl(StandaloneServer.shared().runtime(), OwnedNodes.REGION)) {
            String id = ReadyNodes.take(nodes);
            live(nodes, control, id);

            var entries = audit(nodes, id, "");

            assertThat(entries)
                    .extracting(entry -> entry.path("type").asString())
                    .contains(
                            "node.provisioning_started",
                            "node.provisioning_completed",
                            "node.stopping",
                            "node.stopped",
                            "node.starting",
                            "node.started",
                            "node.rebooting",
                            "node.rebooted",
                            "node.update_started",
                            "node.updated",
                            "node.cancellation_requested",
                            "node.start_failed",
                            "node.deletion_started",
                            "node.deletion_forced",
                            "node.deleted");
            assertThat(entries).allSatisfy(AuditOfALifeTest::hasActorAndCause);
            String before = "";
            for (JsonNode entry : entries) {
                assertThat(entry.path("before").path("status").asString(""))
                        .as("%s", entry)
                        .isEqualTo(before);
                before = entry.path("after").path("status").asString("");
            }
            assertThat(before).isEqualTo("deleted");
            assertThat(audit(nodes, id, "&include=steps"))
                    .hasSizeGreaterThan(entries.size())
                    .allSatisfy(AuditOfALifeTest::hasActorAndCause);
            isExplained(nodes, id);
            hasWhatWasDenied(nodes, id);
        }
    }

    private static void isExplained(OwnedNodes nodes, String id) throws Exception {
        var chains = nodes.api()
                .get(nodes.path(id) + "/explain")
                .expect("explain", 200)
                .data();
        var provisioning = chains.get(chains.size() - 1);
        assertThat(provisioning.at("/request/command").asString()).isEqualTo("ProvisionNode");
        assertThat(provisioning.at("/request/actor/id").asString()).isEqualTo("test-admin");
        assertThat(provisioning.get("activities").valueStream())
                .filteredOn(activity -> activity.path("step").asString().equals("clone"))
                .singleElement()
                .satisfies(clone ->
                        assertThat(clone.at("/attempts/0/tasks/0").asString()).startsWith("UPID:"));
        var effects = chains.get(0).get("events");
        assertThat(effects.get(0).path("type").asString()).isEqualTo("node.deletion_started");
        assertThat(effects.get(effects.size() - 1).path("type").asString()).isEqualTo("node.deleted");
    }

    /** Denied by the write door, shown by the read side. */
    private static void hasWhatWasDenied(OwnedNodes nodes, String id) throws Exception {
        try (var developer = nodes.as("developer")) {
            assertThat(developer.delete(nodes.path(id)).status()).isEqualTo(403);
        }
        await().untilAsserted(() -> assertThat(audit(nodes, id, "&action=nodes:delete"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.path("outcome").asString()).isEqualTo("denied");
                    assertThat(entry.at("/actor/id").asString()).isEqualTo("test-developer");
                }));
    }

    private static void live(OwnedNodes nodes, SimulatorControl control, String id) throws Exception {
        nodes.succeeds(id, "stop");
        nodes.succeeds(id, "start");
        nodes.succeeds(id, "reboot");
        var updated = nodes.api()
                .call("PATCH", nodes.path(id), Map.of(), Map.of("labels", Map.of("tier", "gold")))
                .expect("relabel", 202);
        nodes.ended(OwnedNodes.operationOf(updated));
        nodes.succeeds(id, "stop?force=true");
        String machine = "/qemu/" + nodes.machineOf(id);
        String boot = control.inProxmox("POST", machine + "/status/start$", "'fault': 'partition'");
        String start = nodes.begin(id, "start");
        nodes.cancel(start).expect("cancel", 202);
        control.remove(boot);
        nodes.ended(start);
        String removal = control.inProxmox("DELETE", machine + "$", "'fault': 'partition'");
        String deletion = nodes.begin(id, "delete");
        nodes.ask(id, "delete?force=true").expect("force", 202);
        control.remove(removal);
        nodes.ended(deletion);
    }

    private static void hasActorAndCause(JsonNode entry) {
        String type = entry.path("type").asString();
        var actor = entry.path("actor");
        var cause = entry.path("cause");
        assertThat(entry.path("request_id").asString("")).as("%s", entry).isNotEmpty();
        assertThat(actor.path("role").asString("")).as("%s", entry).isNotEmpty();
        if (BEGUN_BY_PEOPLE.containsKey(type)) {
            assertThat(actor.path("type").asString()).isEqualTo("user");
            assertThat(actor.path("id").asString()).isEqualTo("test-admin");
            assertThat(actor.path("role").asString()).isEqualTo("admin");
            assertThat(BEGUN_BY_PEOPLE.get(type)).contains(cause.path("command").asString());
            assertThat(entry.path("source_address").asString("")).isNotEmpty();
        } else {
            assertThat(actor.path("id").asString("")).as("%s", entry).isNotEmpty();
            assertThat(cause.path("command").asString("")).as("%s", entry).isNotEmpty();
            assertThat(cause.path("event_id").asString("")).as("%s", entry).startsWith("evt-");
        }
    }

    private static List<JsonNode> audit(OwnedNodes nodes, String id, String more) throws Exception {
        return nodes.api()
                .get(nodes.path(id) + "/audit?limit=200" + more)
                .expect("read the audit", 200)
                .data()
                .valueStream()
                .toList();
    }
}
