package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a node's cluster and the platform tell of it, through the real path. */
class NodeEventsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final StandaloneServer SERVER = StandaloneServer.shared();

    @Test
    void a_kubelet_that_falls_silent_is_told_among_the_facts_of_its_nodes_life() throws Exception {
        try (var nodes = OwnedNodes.ofSharedServer();
                var control = new SimulatorControl(SERVER.runtime(), OwnedNodes.REGION)) {
            // given
            String id = ReadyNodes.take(nodes);
            awaitReason(nodes, id, "NodeReady");

            // when
            assertThat(control.silence(id + "-k8s")).isTrue();
            awaitReason(nodes, id, "NodeNotReady");

            // then
            var all = reasons(events(nodes, id, ""));
            assertThat(all).contains("NodeProvisioning", "NodeProvisioned", "NodeReady", "NodeNotReady");
            assertThat(all.indexOf("NodeNotReady")).isLessThan(all.indexOf("NodeProvisioned"));
            assertThat(all.indexOf("NodeProvisioned")).isLessThan(all.indexOf("NodeProvisioning"));
            assertThat(reasons(events(nodes, id, "?source=kubelet")))
                    .contains("NodeReady")
                    .doesNotContain("NodeProvisioned", "NodeNotReady");
            assertThat(reasons(events(nodes, id, "?source=node-controller&since=1h")))
                    .contains("NodeProvisioned", "NodeNotReady")
                    .doesNotContain("NodeReady");
            assertThat(events(nodes, id, "?type=Warning"))
                    .allMatch(event -> event.path("type").asString().equals("Warning"));
            assertThat(nodes.api().get(nodes.path(id) + "/events?type=Error").status())
                    .isEqualTo(400);
            await("events may come between the parts")
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(reasons(followed(nodes, id, "?limit=2&since=1h")))
                            .containsExactlyElementsOf(reasons(events(nodes, id, ""))));
        }
    }

    @Test
    void a_deleted_node_keeps_its_events() throws Exception {
        try (var nodes = OwnedNodes.ofSharedServer()) {
            String id = ReadyNodes.take(nodes);
            awaitReason(nodes, id, "NodeReady");

            nodes.succeeds(id, "delete");

            assertThat(nodes.status(id)).isEqualTo("deleted");
            assertThat(reasons(events(nodes, id, ""))).contains("NodeReady", "NodeDeleting", "NodeDeleted");
        }
    }

    private static void awaitReason(OwnedNodes nodes, String id, String reason) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(reasons(events(nodes, id, ""))).contains(reason));
    }

    private static List<JsonNode> events(OwnedNodes nodes, String id, String query) throws IOException {
        return nodes.api()
                .get(nodes.path(id) + "/events" + query)
                .expect("events", 200)
                .data()
                .valueStream()
                .toList();
    }

    /** All parts, one after the other. */
    private static List<JsonNode> followed(OwnedNodes nodes, String id, String query) throws IOException {
        var found = new ArrayList<JsonNode>();
        String next = nodes.path(id) + "/events" + query;
        while (!next.isEmpty()) {
            var part = nodes.api().get(next).expect("events", 200);
            part.data().forEach(found::add);
            String link = part.headers().firstValue("Link").orElse("");
            var url = link.isEmpty() ? null : URI.create(link.substring(1, link.indexOf('>')));
            next = url == null ? "" : url.getRawPath() + "?" + url.getRawQuery();
        }
        return found;
    }

    private static List<String> reasons(List<JsonNode> events) {
        return events.stream().map(event -> event.path("reason").asString()).toList();
    }
}
