package io.nodeledger.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.nodeledger.webhook.secret.SecretsHealth;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An installation that comes up with another key than the one its webhooks' secrets were encrypted with. */
class LostKeyTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WEBHOOKS = "/api/v1/workspaces/ws-1/nodes/webhooks";
    private static final String PART = "webhookSecrets";
    private static final String KEYS = "--nodeledger.webhooks.encryption-keys=";
    private static final String FORMER = "A".repeat(43) + "=";
    private static final String OTHER = "B".repeat(42) + "A=";

    @Test
    void healthSaysSoFromTheStartUntilTheKeyIsBack() throws Exception {
        try (var world = new RelayWorld();
                var receiver = new Receiver()) {
            // given
            world.startInstance(KEYS + FORMER);
            var webhook = create(world, receiver);
            assertThat(world.health(PART).status()).isEqualTo(200);
            world.stopOldestInstance();

            // when
            world.startInstance(KEYS + OTHER);

            // then
            var found = world.health(PART);
            assertThat(found.status()).isEqualTo(503);
            assertThat(found.body().path("status").asString()).isEqualTo("DOWN");
            assertThat(found.body().at("/details/problem").asString())
                    .contains("nodeledger.webhooks.encryption-keys")
                    .contains(webhook.path("id").asString());
            assertThat(world.health("readiness").status()).isEqualTo(200);
            world.append(ToldLives.provisioned("node-1"));

            // and when it is back
            world.stopOldestInstance();
            world.startInstance(KEYS + OTHER + "," + FORMER);

            assertThat(world.health(PART).status()).isEqualTo(200);
            await().atMost(PATIENCE).until(() -> receiver.at("/").size() == 2);
            receiver.at("/").getFirst().verify(webhook.path("secret").asString());
        }
    }

    @Test
    void whoHasLostItRotatesTheSecrets() throws Exception {
        try (var world = new RelayWorld();
                var receiver = new Receiver()) {
            world.startInstance(KEYS + FORMER);
            var webhook = create(world, receiver);
            world.stopOldestInstance();
            world.startInstance(KEYS + OTHER);

            try (var api = world.api("ws-1")) {
                api.post(WEBHOOKS + "/" + webhook.path("id").asString() + "/rotate-secret", Map.of("grace_seconds", 0))
                        .expect("rotate", 200);
            }
            world.bean(SecretsHealth.class).look();

            assertThat(world.health(PART).status()).isEqualTo(200);
        }
    }

    private static JsonNode create(RelayWorld world, Receiver receiver) throws Exception {
        try (var api = world.api("ws-1")) {
            return api.post(WEBHOOKS, Map.of("url", receiver.url("/")))
                    .expect("create", 201)
                    .data();
        }
    }
}
