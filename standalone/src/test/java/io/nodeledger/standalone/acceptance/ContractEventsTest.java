package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.kafka.Receiver;
import io.nodeledger.standalone.kafka.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every event of the contract, made through the API, seen in the audit, on Kafka and by a webhook (I5, I6). */
class ContractEventsTest {
    private static final String ELSEWHERE = "eu-west-1";
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final List<String> CONTRACT = List.of(
            "node.provisioning_started",
            "node.provisioning_completed",
            "node.provisioning_failed",
            "node.started",
            "node.stopped",
            "node.rebooted",
            "node.deleted",
            "node.health_check_failed",
            "node.resource_threshold_exceeded");

    private final StandaloneServer server = StandaloneServer.shared();

    @Test
    void everyEventOfTheContractIsSeenOnEveryChannelInItsNodesOrder() throws Exception {
        try (var nodes = OwnedNodes.of(server, "ws-told", 1_000);
                var control = new SimulatorControl(server.runtime(), OwnedNodes.REGION);
                var elsewhere = new SimulatorControl(server.runtime(), ELSEWHERE);
                var receiver = new Receiver()) {
            // given
            var webhook = nodes.api()
                    .post(nodes.path() + "/webhooks", Map.of("url", receiver.url("/hook")))
                    .expect("create", 201)
                    .data();

            // when
            elsewhere.fault("{'target': 'proxmox', 'match': {'path_regex': '/clone$'}, 'fault': 'denied'}");
            String failing = nodes.provision(OwnedNodes.body().put("region", ELSEWHERE))
                    .expect("provision", 202)
                    .data()
                    .path("id")
                    .asString();
            String id = nodes.running();
            nodes.api()
                    .put(nodes.path(id) + "/thresholds", Map.of("memory", Map.of("percentage", 1, "for_seconds", 0)))
                    .expect("set a low threshold", 200);
            for (String action : List.of("stop", "start", "reboot")) {
                nodes.succeeds(id, action);
            }
            await().atMost(PATIENCE).until(() -> told(nodes, id, "node.resource_threshold_exceeded"));
            control.silence(id + "-k8s");
            await().atMost(PATIENCE).until(() -> told(nodes, id, "node.health_check_failed"));
            nodes.succeeds(id, "delete?force=true");
            await().atMost(PATIENCE).until(() -> told(nodes, failing, "node.provisioning_failed"));

            // then
            List<String> ids = idsOf(nodes, id);
            List<String> ofFailing = idsOf(nodes, failing);
            await().atMost(PATIENCE)
                    .until(() -> receiver.idsAt("/hook").containsAll(ids)
                            && receiver.idsAt("/hook").containsAll(ofFailing));
            assertThat(receiver.idsAt("/hook")).filteredOn(ids::contains).isEqualTo(ids);
            assertThat(receiver.at("/hook").stream()
                            .map(it -> it.json().path("type").asString()))
                    .containsAll(CONTRACT);
            for (var request : receiver.at("/hook")) {
                request.verify(webhook.path("secret").asString());
            }
            try (var topic = Topic.lifecycle(server.runtime().kafkaBootstrap())) {
                var records = topic.until(read -> {
                    var byKey = Topic.idsByKey(read);
                    return ids.equals(byKey.get(id)) && ofFailing.equals(byKey.get(failing));
                });
                assertThat(records).isNotEmpty();
            }
            var explained = nodes.api().get(nodes.path(id) + "/explain").data();
            assertThat(explained
                            .valueStream()
                            .flatMap(chain -> chain.path("deliveries").valueStream()))
                    .isNotEmpty()
                    .allSatisfy(delivery -> {
                        assertThat(delivery.path("webhook_id")).isEqualTo(webhook.path("id"));
                        assertThat(ids).contains(delivery.path("event_id").asString());
                    });
            nodes.api().delete(nodes.path() + "/webhooks/" + webhook.path("id").asString());
        }
    }

    private static boolean told(OwnedNodes nodes, String id, String type) throws IOException {
        return audit(nodes, id).stream()
                .anyMatch(it -> it.path("type").asString().equals(type));
    }

    private static List<String> idsOf(OwnedNodes nodes, String id) throws IOException {
        return audit(nodes, id).stream().map(it -> it.path("id").asString()).toList();
    }

    private static List<JsonNode> audit(OwnedNodes nodes, String id) throws IOException {
        return nodes.api()
                .get(nodes.path(id) + "/audit?limit=200")
                .data()
                .valueStream()
                .toList();
    }
}
