package io.nodeledger.standalone.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;

/** A provider that is out of reach takes away what it alone knows, keeps nobody from commands, and needs no help after. */
@Isolated
class PartitionTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private OwnedNodes nodes;
    private SimulatorControl control;
    private String id;

    @BeforeEach
    void aNodeThatIsKnown() throws Exception {
        var server = StandaloneServer.shared();
        nodes = OwnedNodes.of(server, "ws-partition", 10_000);
        control = new SimulatorControl(server.runtime(), OwnedNodes.REGION);
        id = nodes.running();
        await().atMost(PATIENCE)
                .until(() -> health().equals("healthy")
                        && usage().isObject()
                        && node().has("applications")
                        && reasons().contains("NodeReady")
                        && room().path("can_allocate").asBoolean());
    }

    @AfterEach
    void close() throws IOException {
        control.close();
        nodes.ask(id, "delete?force=true");
        nodes.close();
    }

    @Test
    void withoutKubernetesHealthIsUnknownAndEverythingElseGoesOn() throws Exception {
        // given
        var events = reasons();

        // when
        String partition = control.fault("{'target': 'kubernetes', 'fault': 'partition', 'times': 1000000}");
        Instant begin = Instant.now();
        String operation = nodes.begin(id, "reboot");
        await().atMost(PATIENCE).until(() -> health().equals("unknown"));

        // then
        var status = status();
        assertThat(status.at("/kubernetes/ready").asBoolean()).isFalse();
        assertThat(status.at("/kubernetes/conditions")).as("none is claimed").isEmpty();
        assertThat(Instant.parse(status.path("observed_at").asString()))
                .as("what was last seen is too old to be believed")
                .isBefore(Instant.now().minusSeconds(9));
        assertThat(reasons()).as("what was told before").containsAll(events);
        assertThat(node().has("applications")).as("what was last known").isTrue();
        assertThat(room().path("can_allocate").asBoolean(true)).isFalse();
        await().atMost(PATIENCE)
                .until(() -> Instant.parse(usage().path("sampled_at").asString(begin.toString()))
                        .isAfter(begin.plusSeconds(4)));
        assertThat(nodes.operation(operation).path("status").asString()).isEqualTo("running");

        // when
        control.remove(partition);

        // then
        assertThat(nodes.ended(operation).path("status").asString()).isEqualTo("succeeded");
        await().atMost(PATIENCE)
                .until(() -> health().equals("healthy")
                        && room().path("can_allocate").asBoolean());
    }

    @Test
    void withoutProxmoxUsageIsAbsentAndEverythingElseGoesOn() throws Exception {
        // when
        String partition = control.fault("{'target': 'proxmox', 'fault': 'partition', 'times': 1000000}");
        String operation = nodes.begin(id, "stop");
        await().atMost(PATIENCE).until(() -> usage().isNull());

        // then
        assertThat(nodes.api().get(nodes.path(id) + "/metrics?period=5m").data().at("/cpu/series"))
                .as("what was seen before stays")
                .isNotEmpty();
        assertThat(health()).isEqualTo("healthy");
        assertThat(nodes.operation(operation).path("status").asString()).isEqualTo("running");
        var asked = nodes.provision();

        // when
        control.remove(partition);

        // then
        assertThat(nodes.ended(operation).path("status").asString()).isEqualTo("succeeded");
        nodes.running(asked);
        nodes.succeeds(id, "start");
        await().atMost(PATIENCE).until(() -> usage().isObject());
        nodes.succeeds(asked, "delete?force=true");
    }

    private JsonNode node() throws IOException {
        return nodes.api().get(nodes.path(id)).expect("read", 200).data();
    }

    private JsonNode usage() throws IOException {
        return node().path("usage");
    }

    private JsonNode status() throws IOException {
        return nodes.api().get(nodes.path(id) + "/status").expect("status", 200).data();
    }

    private String health() throws IOException {
        return status().path("health").asString();
    }

    private List<String> reasons() throws IOException {
        return nodes.api()
                .get(nodes.path(id) + "/events")
                .expect("events", 200)
                .data()
                .valueStream()
                .map(event -> event.path("reason").asString())
                .toList();
    }

    private JsonNode room() throws IOException {
        return nodes.api()
                .post(nodes.path() + "/check-allocation", Map.of("resources", Map.of("cpu", "100m")))
                .expect("check allocation", 200)
                .data();
    }
}
