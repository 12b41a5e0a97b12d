package io.nodeledger.standalone.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.nodeledger.standalone.api.Api;
import io.nodeledger.webhook.secret.Secrets;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Secrets that are replaced while receivers still have the former ones. */
class SecretRotationTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String WEBHOOKS = "/api/v1/workspaces/ws-1/nodes/webhooks";

    private static RelayWorld world;
    private static Receiver receiver;
    private static Api api;

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
    void ofManyRotationsTheLastThreeSecretsSign() throws Exception {
        var webhook = create("/often");
        var secrets = new ArrayList<>(List.of(secretOf(webhook)));
        for (int i = 0; i < 4; i++) {
            secrets.add(secretOf(rotated(webhook, Map.of())));
        }

        var test = tested(webhook, "/often");

        assertThat(signatures(test)).hasSize(3);
        for (String valid : secrets.subList(2, 5)) {
            test.verify(valid);
        }
        for (String ended : secrets.subList(0, 2)) {
            assertThatThrownBy(() -> test.verify(ended)).isInstanceOf(WebhookVerificationException.class);
        }
    }

    @Test
    void aSecretThatIsKnownToOthersEndsAtOnceAndIsForgottenSoon() throws Exception {
        var webhook = create("/known");
        rotated(webhook, Map.of("grace_seconds", 3_600));

        String current = secretOf(rotated(webhook, Map.of("grace_seconds", 0)));

        var test = tested(webhook, "/known");
        assertThat(signatures(test)).hasSize(1);
        test.verify(current);
        world.bean(Secrets.class).removeExpired(Instant.now());
        assertThat(JdbcClient.create(world.database().dataSource())
                        .sql("select count(*) from webhook.secret where endpoint_id = ?")
                        .param(webhook.path("id").asString())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    @Test
    void whoeverComparesOneValueWithTheFormerSecretGetsItAtTheSecondAttempt() throws Exception {
        var webhook = create("/simple");
        String current = secretOf(rotated(webhook, null));
        receiver.answer("/simple", 401);

        var refused = tested(webhook, "/simple");
        receiver.answer("/simple", 204);
        await().atMost(PATIENCE).until(() -> receiver.at("/simple").size() == 2);

        var taken = receiver.at("/simple").getLast();
        assertThat(taken.id()).isEqualTo(refused.id());
        assertThat(single(refused)).isEqualTo(signed(current, refused));
        assertThat(single(taken)).isEqualTo(signed(secretOf(webhook), taken));
    }

    @Test
    void aWishThatIsNoneIsRefused() throws Exception {
        var webhook = create("/unasked");
        for (Map<String, ?> wish :
                List.of(Map.of("grace_seconds", -1), Map.of("grace_seconds", 86_401), Map.of("grace_seconds", "1h"))) {
            assertThat(api.post(path(webhook) + "/rotate-secret", wish).status())
                    .as("%s", wish)
                    .isEqualTo(400);
        }
        assertThat(api.post(path(webhook) + "/rotate-secret", Map.of("grace", 1))
                        .status())
                .isEqualTo(400);
    }

    private static JsonNode create(String path) throws IOException {
        return api.post(WEBHOOKS, Map.of("url", receiver.url(path)))
                .expect("create", 201)
                .data();
    }

    private static JsonNode rotated(JsonNode webhook, @Nullable Map<String, ?> wish) throws IOException {
        return api.call("POST", path(webhook) + "/rotate-secret", Map.of(), wish)
                .expect("rotate", 200)
                .data();
    }

    private static Receiver.Request tested(JsonNode webhook, String at) throws IOException {
        api.post(path(webhook) + "/test", Map.of()).expect("test", 202);
        await().atMost(PATIENCE).until(() -> receiver.at(at).size() == 1);
        return receiver.at(at).getFirst();
    }

    private static List<String> signatures(Receiver.Request request) {
        return List.of(
                request.headers().firstValue("webhook-signature").orElseThrow().split(" ", -1));
    }

    private static String single(Receiver.Request request) {
        return request.headers().firstValue("X-Hexabase-Signature").orElseThrow();
    }

    private static String signed(String secret, Receiver.Request request) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(request.body().getBytes(StandardCharsets.UTF_8)));
    }

    private static String secretOf(JsonNode webhook) {
        return webhook.path("secret").asString();
    }

    private static String path(JsonNode webhook) {
        return WEBHOOKS + "/" + webhook.path("id").asString();
    }
}
