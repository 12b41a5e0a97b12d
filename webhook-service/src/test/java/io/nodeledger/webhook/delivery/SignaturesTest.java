package io.nodeledger.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.nodeledger.webhook.secret.WebhookSecret;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** What the official library says of our signatures. */
class SignaturesTest {
    private static final String BODY = "{\"id\":\"evt-1\",\"type\":\"node.started\",\"data\":\"ä\"}";

    private final WebhookSecret current = WebhookSecret.random();
    private final WebhookSecret former = WebhookSecret.random();

    @Test
    void bothSecretsSignAndNoOtherDoes() throws Exception {
        var headers = headers(BODY, List.of(current, former), 0);

        new Webhook(current.shown()).verify(BODY, headers);
        new Webhook(former.shown()).verify(BODY, headers);
        assertThatThrownBy(() -> new Webhook(WebhookSecret.random().shown()).verify(BODY, headers))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(current.shown()).verify(BODY + " ", headers))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void theSecondHeaderSignsTheRawBodyWithTheBytesOfOneSecretAtATimeTheCurrentOneFirst() throws Exception {
        var rotated = List.of(current, former);

        assertThat(List.of(second(rotated, 0), second(rotated, 1), second(rotated, 2)))
                .containsExactly(expected(current), expected(former), expected(current));
        assertThat(second(List.of(current), 1)).isEqualTo(expected(current));
    }

    private static String second(List<WebhookSecret> secrets, int tries) {
        return headers(BODY, secrets, tries).firstValue("X-Hexabase-Signature").orElseThrow();
    }

    private static String expected(WebhookSecret secret) throws GeneralSecurityException {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(secret.key(), "HmacSHA256"));
        return "sha256=" + HexFormat.of().formatHex(mac.doFinal(BODY.getBytes(StandardCharsets.UTF_8)));
    }

    private static HttpHeaders headers(String body, List<WebhookSecret> secrets, int tries) {
        Map<String, List<String>> headers = Signatures.headers(
                        "evt-1", Instant.now(), body.getBytes(StandardCharsets.UTF_8), secrets, tries)
                .entrySet()
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        return HttpHeaders.of(headers, (_, _) -> true);
    }
}
