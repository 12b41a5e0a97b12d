package io.nodeledger.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.nodeledger.webhook.secret.WebhookSecret;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
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
        var headers = headers(BODY, List.of(current, former));

        new Webhook(current.shown()).verify(BODY, headers);
        new Webhook(former.shown()).verify(BODY, headers);
        assertThatThrownBy(() -> new Webhook(WebhookSecret.random().shown()).verify(BODY, headers))
                .isInstanceOf(WebhookVerificationException.class);
        assertThatThrownBy(() -> new Webhook(current.shown()).verify(BODY + " ", headers))
                .isInstanceOf(WebhookVerificationException.class);
    }

    @Test
    void theSecondHeaderSignsTheRawBodyWithTheCurrentSecretsBytes() throws Exception {
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(current.key(), "HmacSHA256"));
        String expected = HexFormat.of().formatHex(mac.doFinal(BODY.getBytes(StandardCharsets.UTF_8)));

        assertThat(headers(BODY, List.of(current, former)).firstValue("X-Hexabase-Signature"))
                .hasValue("sha256=" + expected);
    }

    private static HttpHeaders headers(String body, List<WebhookSecret> secrets) {
        Map<String, List<String>> headers =
                Signatures.headers("evt-1", Instant.now(), body.getBytes(StandardCharsets.UTF_8), secrets)
                        .entrySet()
                        .stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        return HttpHeaders.of(headers, (_, _) -> true);
    }
}
