package io.nodeledger.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Webhooks as a customer uses them: endpoints by the API, deliveries at a server of one's own. */
class WebhooksTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WEBHOOKS = "/api/v1/workspaces/ws-1/nodes/webhooks";

    private static RelayWorld world;
    private static Receiver receiver;
    private static Api api;
    private static int made;

    @BeforeAll
    static void start() throws Exception {
        world = new RelayWorld();
        world.startInstance();
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
    void whatHappensIsSentSignedInItsOrderAndOnce() throws Exception {
        var webhook = create("/all", Map.of("description", "pager"));

        append("node-told");

        awaitIds("/all", idsOf("node-told"));
        var first = receiver.at("/all").getFirst();
        first.verify(webhook.path("secret").asString());
        var body = first.json();
        assertThat(body.path("id").asString()).isEqualTo(first.id()).startsWith("evt-");
        assertThat(body.path("type").asString()).isEqualTo("node.provisioning_started");
        assertThat(body.path("event")).isEqualTo(body.path("type"));
        assertThat(body.path("created_at").asString()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(body.path("timestamp")).isEqualTo(body.path("created_at"));
        assertThat(body.path("workspace_id").asString()).isEqualTo("ws-1");
        assertThat(receiver.at("/all"))
                .extracting(it -> it.json().path("sequence").asString())
                .isSorted()
                .doesNotHaveDuplicates();
        assertThat(body.path("data").path("node").path("id").asString()).isEqualTo("node-told");
        // What has arrived is recorded after its answer.
        await().atMost(PATIENCE)
                .until(() -> areDelivered(webhook)
                        && deliveries(webhook).size() == idsOf("node-told").size());
        var log = deliveries(webhook);
        assertThat(log).allSatisfy(delivery -> {
            assertThat(delivery.path("attempts")).hasSize(1);
            assertThat(delivery.path("attempts").path(0).path("status").asInt()).isEqualTo(204);
        });
        assertThat(log)
                .extracting(it -> it.path("event_id").asString())
                .containsExactlyInAnyOrderElementsOf(idsOf("node-told"));
        delete(webhook);
    }

    @Test
    void anEndpointIsSentOnlyWhatItAsksFor() throws Exception {
        var stops = create("/stops", Map.of("events", List.of("node.stopped")));
        var others = create("/others", Map.of("node_labels", Map.of("team", "b")));
        var all = create("/filtered", Map.of("node_labels", Map.of("team", "a")));

        append("node-filtered");
        world.append(ToldLives.switched("node-filtered", 2));

        awaitIds("/filtered", idsOf("node-filtered"));
        await().atMost(PATIENCE).until(() -> receiver.at("/stops").size() == 2);
        assertThat(receiver.at("/stops"))
                .allSatisfy(it -> assertThat(it.json().path("type").asString()).isEqualTo("node.stopped"));
        assertThat(receiver.at("/others")).isEmpty();
        assertThat(deliveries(others)).isEmpty();
        for (JsonNode each : List.of(stops, others, all)) {
            delete(each);
        }
    }

    @Test
    void theSecretIsShownOnceAndTheFormerOneSignsOn() throws Exception {
        var webhook = create("/rotated", Map.of());
        String id = webhook.path("id").asString();
        String former = webhook.path("secret").asString();
        assertThat(api.get(WEBHOOKS + "/" + id).data().has("secret")).isFalse();

        String current =
                post(webhook, "/rotate-secret", Map.of(), 200).path("secret").asString();
        post(webhook, "/test", Map.of(), 202);

        await().atMost(PATIENCE).until(() -> receiver.at("/rotated").size() == 1);
        var test = receiver.at("/rotated").getFirst();
        test.verify(current);
        test.verify(former);
        assertThat(test.json().path("type").asString()).isEqualTo("webhook.test");

        sql().sql("update webhook.secret set valid_until = now() where valid_until is not null and endpoint_id = ?")
                .param(id)
                .update();
        sql().sql("update webhook.endpoint set updated_at = now() where id = ?")
                .param(id)
                .update();
        post(webhook, "/test", Map.of(), 202);
        await().atMost(PATIENCE).until(() -> receiver.at("/rotated").size() == 2);
        assertThatThrownBy(() -> receiver.at("/rotated").getLast().verify(former))
                .isInstanceOf(WebhookVerificationException.class);
        assertThat(sql().sql("select string_agg(sealed, '') from webhook.secret")
                        .query(String.class)
                        .single())
                .doesNotContain(current.substring("whsec_".length(), "whsec_".length() + 10));
        delete(webhook);
    }

    @Test
    void whatFailsIsTriedAgainAndASlowEndpointKeepsNobody() throws Exception {
        receiver.answer("/broken", 500);
        var broken = create("/broken", Map.of());
        var well = create("/well", Map.of());

        append("node-retried");

        awaitIds("/well", idsOf("node-retried"));
        // One, or more on a busy machine: the second one is due after five seconds.
        await().atMost(PATIENCE)
                .until(() -> !deliveries(broken).getLast().path("attempts").isEmpty());
        assertThat(deliveries(broken)).hasSize(2).allSatisfy(delivery -> {
            assertThat(delivery.path("status").asString()).isEqualTo("pending");
            assertThat(delivery.path("next_attempt_at").isString()).isTrue();
        });
        assertThat(deliveries(broken).getFirst().path("attempts"))
                .as("what happened later waits")
                .isEmpty();

        receiver.answer("/broken", 200);
        sql().sql("update webhook.line set due_at = now(), planned_at = now() where endpoint_id = ?")
                .param(broken.path("id").asString())
                .update();
        await().atMost(PATIENCE).until(() -> areDelivered(broken));
        assertThat(receiver.idsAt("/broken")).containsExactlyElementsOf(idsOf("node-retried"));

        var first = deliveries(broken).getLast();
        int before = receiver.at("/broken").size();
        post(broken, "/deliveries/" + first.path("id").asString() + "/redeliver", Map.of(), 202);
        await().atMost(PATIENCE).until(() -> receiver.at("/broken").size() == before + 1);
        assertThat(receiver.at("/broken").getLast().id())
                .isEqualTo(first.path("event_id").asString());
        delete(broken);
        delete(well);
    }

    @Test
    void whoeverIsGoneOrHasFailedForDaysIsDisabledUntilSomeoneEnablesIt() throws Exception {
        receiver.answer("/gone", 410);
        receiver.answer("/failing", 500);
        var gone = create("/gone", Map.of());
        // Not what becomes of the other one: an attempt at that would end it before its own.
        var failing = create("/failing", Map.of("events", List.of("node.started")));
        post(gone, "/test", Map.of(), 202);
        await().atMost(PATIENCE).until(() -> reasonOf(gone).equals("gone"));
        post(gone, "/test", Map.of(), 409);

        sql().sql("update webhook.endpoint set failing_since = now() - interval '6 days' where id = ?")
                .param(failing.path("id").asString())
                .update();
        post(failing, "/test", Map.of(), 202);
        await().atMost(PATIENCE).until(() -> reasonOf(failing).equals("failing"));
        assertThat(deliveries(failing).getFirst().path("status").asString()).isEqualTo("cancelled");

        receiver.answer("/gone", 200);
        var enabled =
                api.call("PATCH", path(gone), Map.of(), Map.of("enabled", true)).data();
        assertThat(enabled.path("enabled").asBoolean()).isTrue();
        assertThat(enabled.has("disabled_reason")).isFalse();
        post(gone, "/test", Map.of(), 202);
        await().atMost(PATIENCE).until(() -> receiver.at("/gone").size() == 2);
        delete(gone);
        delete(failing);
    }

    @Test
    void theOthersAreToldThatTheSystemHasDisabledAnEndpoint() throws Exception {
        receiver.answer("/ending", 410);
        var watching = create("/watching", Map.of("events", List.of("webhook.disabled")));
        var ending = create("/ending", Map.of());

        post(ending, "/test", Map.of(), 202);

        await().atMost(PATIENCE).until(() -> receiver.at("/watching").size() == 1);
        var told = receiver.at("/watching").getFirst();
        assertThat(told.json().path("type").asString()).isEqualTo("webhook.disabled");
        assertThat(told.json().path("workspace_id").asString()).isEqualTo("ws-1");
        assertThat(told.json().at("/data/webhook_id")).isEqualTo(ending.path("id"));
        assertThat(told.json().at("/data/details/reason").asString()).isEqualTo("gone");
        assertThat(receiver.at("/ending")).hasSize(1);
        assertThat(deliveries(ending)).hasSize(1);
        try (var topic = Topic.lifecycle(world.bootstrapServers())) {
            topic.until(
                    read -> Topic.idsByKey(read).getOrDefault("ws-1", List.of()).contains(told.id()));
        }
        delete(watching);
        delete(ending);
    }

    @Test
    void aReplaySendsOnceMoreWhatHasHappenedSince() throws Exception {
        append("node-replayed");
        var webhook = create("/replayed", Map.of("events", List.of("node.provisioning_completed")));
        assertThat(receiver.at("/replayed")).isEmpty();

        var replay = post(webhook, "/replay", Map.of("since", "2026-01-01T00:01:00Z"), 202);
        await().atMost(PATIENCE)
                .until(() -> receiver.idsAt("/replayed")
                        .contains(idsOf("node-replayed").getLast()));
        assertThat(api.get(replay.path("deliveries").asString()).data())
                .isNotEmpty()
                .allSatisfy(delivery -> assertThat(delivery.path("origin")).isEqualTo(replay.path("id")));
        assertThat(api.get(path(webhook) + "/deliveries?origin=live").data()).isEmpty();
        assertThat(api.get(path(webhook) + "/deliveries?origin=mine").status()).isEqualTo(400);

        long position = sql().sql("select global_index from eventstore.domain_event where event_identifier = ?")
                .param(idsOf("node-replayed").getLast())
                .query(Long.class)
                .single();
        await().atMost(PATIENCE).until(() -> replays(webhook) == 0 && areDelivered(webhook));
        int before = receiver.at("/replayed").size();
        sql().sql("insert into webhook.replay values ('rpl-others', ?, now(), 0, 'another', now() + interval '1 hour')")
                .param(webhook.path("id").asString())
                .update();
        post(webhook, "/replay", Map.of("from_position", position), 409);
        sql().sql("delete from webhook.replay where id = 'rpl-others'").update();
        post(webhook, "/replay", Map.of("from_position", position), 202);
        await().atMost(PATIENCE).until(() -> receiver.at("/replayed").size() == before + 1);
        delete(webhook);
    }

    @Test
    void theEventsOfAnOutageArriveAfterwards() throws Exception {
        var webhook = create("/outage", Map.of());
        append("node-before-outage");
        awaitIds("/outage", idsOf("node-before-outage"));

        world.stopKafka();
        append("node-in-outage");
        world.startKafka();

        await().atMost(Duration.ofSeconds(90))
                .until(() -> receiver.idsAt("/outage").containsAll(idsOf("node-in-outage")));
        delete(webhook);
    }

    @Test
    void badWishesAreRefusedByName() throws Exception {
        assertRefused(Map.of(), "url");
        assertRefused(Map.of("url", "file:///etc/passwd"), "url");
        assertRefused(Map.of("url", receiver.url("/x"), "events", List.of("node.imagined")), "events[0]");
        assertRefused(Map.of("url", receiver.url("/x"), "events", List.of()), "events");
        assertRefused(Map.of("url", receiver.url("/x"), "node_labels", Map.of("-", "x")), "node_labels.-");
        assertRefused(Map.of("url", receiver.url("/x"), "secret", "mine"), "secret");
        var webhook = create("/refused", Map.of());
        for (Map<String, Object> wish : List.<Map<String, Object>>of(
                Map.of(),
                Map.of("since", "yesterday"),
                Map.of("since", "-200000000-01-01T00:00:00Z"),
                Map.of("from_position", -1),
                Map.of("since", "2026-01-01T00:00:00Z", "from_position", 1))) {
            assertThat(api.post(path(webhook) + "/replay", wish).status()).isEqualTo(400);
        }
        delete(webhook);
        assertThat(api.get(path(webhook)).status()).isEqualTo(404);
        assertThat(api.delete(path(webhook)).status()).isEqualTo(404);
        assertThat(api.post(path(webhook) + "/test", Map.of()).status()).isEqualTo(404);
        try (var others = world.api("ws-others")) {
            var mine = create("/mine", Map.of());
            String theirs = path(mine).replace("ws-1", "ws-others");
            assertThat(others.get(theirs).status()).isEqualTo(404);
            assertThat(others.delete(theirs).status()).isEqualTo(404);
            delete(mine);
        }
    }

    @Test
    void aRepeatedCreationMakesNoOtherEndpointAndShowsNoSecret() throws Exception {
        var key = Map.of("Idempotency-Key", "once");
        var wish = Map.of("url", receiver.url("/once"));
        var first = api.call("POST", WEBHOOKS, key, wish).expect("create", 201).data();
        var again = api.call("POST", WEBHOOKS, key, wish)
                .expect("create again", 201)
                .data();

        assertThat(again.path("id")).isEqualTo(first.path("id"));
        assertThat(again.has("secret")).isFalse();
        delete(first);
    }

    private static int replays(JsonNode webhook) {
        return sql().sql("select count(*) from webhook.replay where endpoint_id = ?")
                .param(webhook.path("id").asString())
                .query(Integer.class)
                .single();
    }

    private static List<String> idsOf(String node) {
        return Objects.requireNonNull(world.appended.get(node));
    }

    private static void append(String node) {
        world.append(ToldLives.provisioned(node));
    }

    private static JsonNode create(String path, Map<String, Object> wish) throws IOException {
        var body = new HashMap<>(wish);
        body.put("url", receiver.url(path));
        made++;
        return api.post(WEBHOOKS, body).expect("create webhook " + made, 201).data();
    }

    private static JsonNode post(JsonNode webhook, String what, Object body, int status) throws IOException {
        return api.post(path(webhook) + what, body).expect(what, status).data();
    }

    private static void delete(JsonNode webhook) throws IOException {
        assertThat(api.delete(path(webhook)).status()).isEqualTo(204);
    }

    private static List<JsonNode> deliveries(JsonNode webhook) throws IOException {
        return api.get(path(webhook) + "/deliveries").data().valueStream().toList();
    }

    private static boolean areDelivered(JsonNode webhook) throws IOException {
        return deliveries(webhook).stream()
                .allMatch(it -> it.path("status").asString().equals("delivered"));
    }

    private static String reasonOf(JsonNode webhook) throws IOException {
        return api.get(path(webhook)).data().path("disabled_reason").asString("");
    }

    private static String path(JsonNode webhook) {
        return WEBHOOKS + "/" + webhook.path("id").asString();
    }

    private static void awaitIds(String path, List<String> ids) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> receiver.idsAt(path).containsAll(ids));
        assertThat(receiver.idsAt(path).stream().filter(ids::contains).collect(Collectors.toList()))
                .isEqualTo(ids);
    }

    private static void assertRefused(Map<String, ?> wish, String field) throws IOException {
        var refused = api.post(WEBHOOKS, wish);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body()
                        .path("error")
                        .path("details")
                        .path("fields")
                        .valueStream()
                        .map(it -> it.path("field").asString()))
                .contains(field);
    }

    private static JdbcClient sql() {
        return JdbcClient.create(world.database().dataSource());
    }
}
