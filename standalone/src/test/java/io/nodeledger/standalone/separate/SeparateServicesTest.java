package io.nodeledger.standalone.separate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.acceptance.Providers;
import io.nodeledger.standalone.api.Answer;
import io.nodeledger.standalone.api.Api;
import io.nodeledger.standalone.kafka.Receiver;
import io.nodeledger.standalone.kafka.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The services as processes of their own, two of each: what is written at one is read at the other, and any one may go. */
@Isolated("eight processes at once leave nothing to others")
class SeparateServicesTest {
    private static final String NODES = "/api/v1/workspaces/" + StandaloneServer.WORKSPACE + "/nodes";
    private static final String LOADED = "ws-loaded";
    private static final String LOADED_NODES = "/api/v1/workspaces/" + LOADED + "/nodes";
    private static final String REGION = "us-west-2";
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int INSTANCES = 2;

    private static StandaloneServer server;
    private static Processes processes;

    @BeforeAll
    static void start() {
        server = StandaloneServer.separate(0, INSTANCES);
        processes = new Processes(server.folder(), INSTANCES);
    }

    @AfterAll
    static void stop() throws Exception {
        List<ProcessHandle> living = processes.all().toList();
        server.close();
        assertThat(living).hasSize(INSTANCES * Service.values().length).noneMatch(ProcessHandle::isAlive);
    }

    @Test
    void whatIsWrittenAtOneIsReadAtAnyOther() throws Exception {
        try (var api = server.as(StandaloneServer.WORKSPACE, "admin")) {
            for (int i = 0; i < 2 * INSTANCES; i++) {
                var node = provision(api, "written-" + i).data();

                var read = api.get(NODES + "/" + node.path("id").asString()).expect("read round " + i, 200);

                assertThat(read.data().path("name").asString()).isEqualTo("written-" + i);
            }
            assertThat(api.get(NODES + "/webhooks").status()).isEqualTo(200);
            assertThat(api.post(NODES + "/check-allocation", Map.of()).status()).isEqualTo(400);
        }
    }

    @Test
    void processesAreKilledAndRestartedUnderLoadAndNothingIsLostOrDoneTwice() throws Exception {
        var surprises = new ConcurrentLinkedQueue<String>();
        try (var receiver = new Receiver();
                var client = new RetryingClient(server.as(LOADED, "admin"), surprises)) {
            // given
            makeWorkspace();
            client.create(LOADED_NODES + "/webhooks", "all", Map.of("url", receiver.url("/all")))
                    .expect("subscribe", 201);
            var load = new Load(server, LOADED, receiver.url("/silent")).start();

            // when
            endOneOfEach(1, ProcessHandle::destroyForcibly, load);
            endOneOfEach(2, ProcessHandle::destroy, load);
            load.stop();

            // then
            assertThat(load.surprises()).isEmpty();
            eachNodeIsThereOnce(client, load.nodes());
            eachWebhookIsThereOnce(client, load.webhooks());
            eachEventIsToldEverywhere(client, load.nodes(), receiver);
            allInstancesAnswerTheSame(surprises);
            assertThat(surprises).isEmpty();
        }
    }

    /** The next one goes as soon as the load has got on without the last one, however many are still to come back. */
    private static void endOneOfEach(int number, Consumer<ProcessHandle> end, Load load) {
        for (Service service : Service.values()) {
            var process = processes.of(service, number).orElseThrow();
            end.accept(process);
            await().atMost(PATIENCE).until(() -> !process.isAlive());
            int before = load.nodes().size();
            await().atMost(PATIENCE).until(() -> load.nodes().size() > before + 1);
        }
        await().atMost(PATIENCE).until(processes::areWhole);
    }

    private static void eachNodeIsThereOnce(RetryingClient client, Map<String, String> promised) throws Exception {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(client.all(LOADED_NODES + "/operations?limit=200"))
                        .allSatisfy(operation ->
                                assertThat(operation.path("status").asString()).isEqualTo("succeeded"))
                        .extracting(operation -> operation.path("node_id").asString())
                        .containsExactlyInAnyOrderElementsOf(promised.values()));
        var listed = client.all(LOADED_NODES + "?per_page=100");
        assertThat(listed)
                .extracting(node -> node.path("name").asString())
                .containsExactlyInAnyOrderElementsOf(promised.keySet());
        assertThat(listed).extracting(node -> node.path("status").asString()).containsOnly("running");
        try (var providers = new Providers(server.runtime(), REGION)) {
            for (String id : promised.values()) {
                assertThat(providers.machinesOf(id)).as("machines of %s", id).hasSize(1);
                assertThat(providers.kubernetesNodesOf(id))
                        .as("cluster nodes of %s", id)
                        .hasSize(1);
            }
        }
    }

    private static void eachWebhookIsThereOnce(RetryingClient client, Map<String, String> made) throws Exception {
        var found = new HashMap<String, String>();
        for (JsonNode webhook : client.all(LOADED_NODES + "/webhooks")) {
            String description = webhook.path("description").asString("");
            if (!description.isEmpty()) {
                assertThat(found.put(description, webhook.path("id").asString()))
                        .as(description)
                        .isNull();
            }
        }
        assertThat(found).isNotEmpty().isEqualTo(made);
    }

    /** Ids in the audit, on Kafka and at the webhook are the same, and in each node's order. */
    private static void eachEventIsToldEverywhere(RetryingClient client, Map<String, String> nodes, Receiver receiver)
            throws Exception {
        var told = new HashMap<String, List<String>>();
        for (String id : nodes.values()) {
            var entries = client.all(LOADED_NODES + "/" + id + "/audit?limit=200");
            assertThat(entries)
                    .extracting(entry -> entry.path("type").asString())
                    .containsOnlyOnce("node.provisioning_started", "node.provisioning_completed");
            told.put(
                    id,
                    entries.stream().map(entry -> entry.path("id").asString()).toList());
        }
        try (var topic = Topic.lifecycle(server.runtime().kafkaBootstrap())) {
            var read = topic.until(records -> {
                var byNode = Topic.idsByKey(records);
                byNode.keySet().retainAll(told.keySet());
                return byNode.equals(told);
            });
            assertThat(read).isNotEmpty();
        }
        for (List<String> ofNode : told.values()) {
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(receiver.acceptedAt("/all"))
                            .filteredOn(ofNode::contains)
                            .isEqualTo(ofNode));
        }
        assertThat(receiver.at("/silent")).isEmpty();
    }

    private static void allInstancesAnswerTheSame(Queue<String> surprises) throws Exception {
        for (String path : List.of("?per_page=100&sort=name", "/operations?limit=200", "/audit?limit=200")) {
            var answers = new HashMap<Integer, List<JsonNode>>();
            for (int number = 1; number <= INSTANCES; number++) {
                String url = processes.url(Service.QUERY, number);
                try (var instance = new RetryingClient(server.as(LOADED, "admin", url), surprises)) {
                    answers.put(number, withoutUsage(instance.all(LOADED_NODES + path)));
                }
            }
            assertThat(answers.get(1)).isNotEmpty().isEqualTo(answers.get(2));
        }
    }

    /** Usage is another a second later. */
    private static List<JsonNode> withoutUsage(List<JsonNode> rows) {
        return rows.stream()
                .<JsonNode>map(row -> ((ObjectNode) row.deepCopy()).without("usage"))
                .toList();
    }

    private static void makeWorkspace() throws IOException {
        try (var operator = server.asOperator()) {
            String path = "/api/v1/admin/workspaces/" + LOADED;
            operator.put(path, Map.of("plan", "enterprise", "region", REGION)).expect("make " + LOADED, 201);
            operator.post(path + "/credits", Map.of("amount", 100_000)).expect("credit " + LOADED, 201);
        }
    }

    private static Answer provision(Api api, String name) throws IOException {
        var body = Map.of("name", name, "plan_id", "plan-dedicated-2c4g", "region", REGION);
        return api.post(NODES, body).expect("provision " + name, 202);
    }
}
