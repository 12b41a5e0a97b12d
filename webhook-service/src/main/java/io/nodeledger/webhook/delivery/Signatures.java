package io.nodeledger.webhook.delivery;

import io.nodeledger.webhook.secret.WebhookSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The headers by which a receiver knows what it got, and from whom (source: Standard Webhooks; API decisions). */
final class Signatures {
    private static final String HMAC = "HmacSHA256";

    private Signatures() {}

    /**
     * The headers of an attempt.
     *
     * @param id the event's, the same at every attempt
     * @param secrets that sign, the current one first
     * @param tries attempts of the schedule so far. Who reads {@code X-Hexabase-Signature} compares one value with one
     *     secret, and nobody knows whether it is the former one still: attempts take turns
     */
    static Map<String, String> headers(String id, Instant at, byte[] body, List<WebhookSecret> secrets, int tries) {
        String timestamp = Long.toString(at.getEpochSecond());
        byte[] head = (id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8);
        var headers = new LinkedHashMap<String, String>();
        headers.put("webhook-id", id);
        headers.put("webhook-timestamp", timestamp);
        headers.put(
                "webhook-signature",
                secrets.stream()
                        .map(secret -> "v1," + Base64.getEncoder().encodeToString(hmac(secret, head, body)))
                        .collect(Collectors.joining(" ")));
        headers.put(
                "X-Hexabase-Signature",
                "sha256=" + HexFormat.of().formatHex(hmac(secrets.get(tries % secrets.size()), new byte[0], body)));
        return headers;
    }

    private static byte[] hmac(WebhookSecret secret, byte[] head, byte[] body) {
        try {
            var mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.key(), HMAC));
            mac.update(head);
            return mac.doFinal(body);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
