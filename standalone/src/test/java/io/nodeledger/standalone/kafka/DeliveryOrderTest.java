package io.nodeledger.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.standalone.api.Api;
import io.nodeledger.standalone.kafka.Receiver.Reply;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** What becomes of order, and of those who wait, when endpoints fail, rest, move or stop. */
class DeliveryOrderTest {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final String WEBHOOKS = "/api/v1/workspaces/ws-1/nodes/webhooks";
    private static final Reply REFUSED = new Reply(422, Map.of());

    private static RelayWorld world;
    private static Receiver receiver;
    private static Api api;

    @BeforeAll
    static void start() throws Exception {
        world = new RelayWorld();
        world.startInstance("--nodeledger.webhooks.hold-back=3s");
        receiver = new Receiver();
        api = world.api("ws-1");
    }

    @AfterAll
    static void stop() throws Exception {
        api.close();
        receiver.close();
        world.close();
    }

    @Test
    void whatFailsHoldsBackWhatHappenedToItsNodeSince() throws Exception {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        receiver.answer(
                "/flaky",
                request -> new Reply(seen.add(request.id()) && request.id().hashCode() % 8 == 0 ? 503 : 204, Map.of()));
        var webhook = create("/flaky");

        for (int node = 0; node < 4; node++) {
            world.append(ToldLives.provisioned("node-flaky-" + node));
            world.append(ToldLives.switched("node-flaky-" + node, 2));
        }

        for (int node = 0; node < 4; node++) {
            List<String> ids = idsOf("node-flaky-" + node);
            await().atMost(PATIENCE).until(() -> receiver.acceptedAt("/flaky").containsAll(ids));
            assertThat(receiver.acceptedAt("/flaky").stream().filter(ids::contains))
                    .containsExactlyElementsOf(ids);
        }
        delete(webhook);
    }

    @Test
    void whatIsRefusedForItselfGoesAsideAfterAWhile() throws Exception {
        receiver.answer("/picky", request -> isOf(request, "node.stopped") ? REFUSED : new Reply(204, Map.of()));
        var webhook = create("/picky");

        world.append(ToldLives.provisioned("node-picky"));
        world.append(ToldLives.switched("node-picky", 1));

        List<String> ids = idsOf("node-picky");
        await().atMost(PATIENCE).until(() -> receiver.acceptedAt("/picky").size() == ids.size() - 1);
        var refused = deliveries(webhook).stream()
                .filter(it -> it.path("type").asString().equals("node.stopped"))
                .findFirst()
                .orElseThrow();
        assertThat(refused.path("status").asString()).isEqualTo("pending");
        assertThat(refused.path("attempts")).hasSize(2);
        assertThat(refused.path("next_attempt_at").isString()).isTrue();
        assertThat(receiver.acceptedAt("/picky"))
                .containsExactlyElementsOf(ids.stream()
                        .filter(id -> !id.equals(refused.path("event_id").asString()))
                        .toList());
        delete(webhook);
    }

    @Test
    void whoeverAsksForRestIsSentNothingUntilThenOrUntilItIsElsewhere() throws Exception {
        receiver.answer("/tired", _ -> new Reply(429, Map.of("Retry-After", "3600")));
        var webhook = create("/tired");
        world.append(ToldLives.provisioned("node-tired-1"));
        await().atMost(PATIENCE).until(() -> receiver.at("/tired").size() == 1);
        await().atMost(PATIENCE).until(() -> attempts(webhook) == 1);

        world.append(ToldLives.provisioned("node-tired-2"));
        await().atMost(PATIENCE)
                .until(() -> deliveries(webhook).size()
                        == idsOf("node-tired-1").size() + idsOf("node-tired-2").size());
        await().during(Duration.ofSeconds(1)).until(() -> receiver.at("/tired").size() == 1);

        world.sql("update webhook.line set tried_at = tried_at - interval '1 minute'");
        change(webhook, Map.of("url", receiver.url("/rested")));
        await().atMost(PATIENCE).until(() -> receiver.acceptedAt("/rested").containsAll(idsOf("node-tired-2")));
        await("the endpoint accepts again, so what had failed is tried at once")
                .atMost(PATIENCE)
                .until(() -> receiver.acceptedAt("/rested").containsAll(idsOf("node-tired-1")));
        assertThat(receiver.at("/tired")).hasSize(1);
        delete(webhook);
    }

    @Test
    void whatAFormerUrlAnswersSaysNothingOfTheNewOne() throws Exception {
        var answered = new CountDownLatch(1);
        receiver.answer("/leaving", _ -> {
            wait(answered);
            return new Reply(410, Map.of());
        });
        var webhook = create("/leaving");
        post(webhook, "/test");
        await().atMost(PATIENCE).until(() -> receiver.at("/leaving").size() == 1);

        change(webhook, Map.of("url", receiver.url("/arriving")));
        answered.countDown();

        await().atMost(PATIENCE)
                .until(() ->
                        deliveries(webhook).getFirst().path("status").asString().equals("failed"));
        assertThat(api.get(path(webhook)).data().path("enabled").asBoolean()).isTrue();
        post(webhook, "/test");
        await().atMost(PATIENCE).until(() -> receiver.acceptedAt("/arriving").size() == 1);
        delete(webhook);
    }

    @Test
    void whatIsAskedForOnceMoreWhileItIsSentIsSentOnceMoreAtOnce() throws Exception {
        var answered = new CountDownLatch(1);
        receiver.answer("/twice", _ -> {
            boolean first = answered.getCount() > 0;
            wait(answered);
            return new Reply(first ? 429 : 200, first ? Map.of("Retry-After", "0") : Map.of());
        });
        var webhook = create("/twice");
        post(webhook, "/test");
        await().atMost(PATIENCE).until(() -> receiver.at("/twice").size() == 1);

        post(webhook, "/deliveries/" + deliveries(webhook).getFirst().path("id").asString() + "/redeliver");
        answered.countDown();

        await().atMost(PATIENCE).until(() -> receiver.at("/twice").size() == 2);
        await().atMost(PATIENCE)
                .until(() ->
                        deliveries(webhook).getFirst().path("status").asString().equals("delivered"));
        assertThat(deliveries(webhook))
                .singleElement()
                .satisfies(it -> assertThat(it.path("attempts")).hasSize(2));
        delete(webhook);
    }

    @Test
    void aFullQueueIsCalledOffAndForgottenWithoutAnybodyWaitingForIt() throws Exception {
        receiver.answer("/full", 500);
        var webhook = create("/full");
        String id = webhook.path("id").asString();
        post(webhook, "/test");
        await().atMost(PATIENCE).until(() -> attempts(webhook) == 1);
        var sql = JdbcClient.create(world.database().dataSource());
        sql.sql("""
                        insert into webhook.delivery (id, endpoint_id, event_id, origin, status, urgency, position, line)
                        select 'dlv-full-' || i, endpoint_id, event_id, 'rpl-' || i, 'pending', 1, i, 'full/' || i % 500
                          from webhook.delivery, generate_series(1, 5000) i where endpoint_id = ?""").param(id).update();

        change(webhook, Map.of("enabled", false));
        assertThat(deliveries(webhook))
                .allMatch(it -> it.path("status").asString().equals("cancelled"));
        int before = receiver.at("/full").size();
        receiver.answer("/full", 204);
        change(webhook, Map.of("enabled", true));
        post(webhook, "/test");

        await().atMost(PATIENCE).until(() -> receiver.acceptedAt("/full").size() == 1);
        await().atMost(PATIENCE).until(() -> count(sql, "delivery where status = 'cancelled' and", id) == 5001);
        assertThat(receiver.at("/full")).as("nothing of what was called off").hasSize(before + 1);
        delete(webhook);
        await().atMost(PATIENCE).until(() -> count(sql, "delivery where", id) + count(sql, "line where", id) == 0);
        assertThat(count(sql, "leftover where", id))
                .as("looked after for a while")
                .isOne();
        world.sql("update webhook.leftover set since = now() - interval '2 minutes'");
        await().atMost(PATIENCE).until(() -> count(sql, "leftover where", id) == 0);
    }

    private static int count(JdbcClient sql, String what, String endpointId) {
        return sql.sql("select count(*) from webhook." + what + " endpoint_id = ?")
                .param(endpointId)
                .query(Integer.class)
                .single();
    }

    private static boolean isOf(Receiver.Request request, String type) {
        return request.json().path("type").asString().equals(type);
    }

    private static void wait(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }

    private static List<String> idsOf(String node) {
        return Objects.requireNonNull(world.appended.get(node));
    }

    private static JsonNode create(String path) throws IOException {
        return api.post(WEBHOOKS, new HashMap<>(Map.of("url", receiver.url(path))))
                .expect("create webhook", 201)
                .data();
    }

    private static void change(JsonNode webhook, Map<String, Object> wish) throws IOException {
        api.call("PATCH", path(webhook), Map.of(), wish).expect("change", 200);
    }

    private static void post(JsonNode webhook, String what) throws IOException {
        api.post(path(webhook) + what, Map.of()).expect(what, 202);
    }

    private static void delete(JsonNode webhook) throws IOException {
        assertThat(api.delete(path(webhook)).status()).isEqualTo(204);
    }

    private static int attempts(JsonNode webhook) throws IOException {
        return deliveries(webhook).stream()
                .mapToInt(it -> it.path("attempts").size())
                .sum();
    }

    private static List<JsonNode> deliveries(JsonNode webhook) throws IOException {
        return api.get(path(webhook) + "/deliveries").data().valueStream().toList();
    }

    private static String path(JsonNode webhook) {
        return WEBHOOKS + "/" + webhook.path("id").asString();
    }
}
