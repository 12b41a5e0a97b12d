package io.nodeledger.simulators.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.simulators.RawHttp;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client as plain as can be, which sees the reason phrase and the bytes as they come. */
public final class Wire {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final RawHttp http;
    private final String token;

    public Wire(ProxmoxSimulator simulator) throws IOException, GeneralSecurityException {
        this(simulator, simulator.token());
    }

    Wire(ProxmoxSimulator simulator, String token) throws IOException, GeneralSecurityException {
        this.http = RawHttp.trusting(simulator.url(), simulator.certificatePem());
        this.token = token;
    }

    public record Reply(int status, String reason, String body) {
        public JsonNode json() {
            return JSON.readTree(body);
        }

        public JsonNode data() {
            assertThat(status).as(reason + " " + body).isEqualTo(200);
            return json().path("data");
        }

        public String text() {
            return data().asString();
        }
    }

    public Reply get(String path) {
        return send("GET", path, "", new byte[0]);
    }

    public Reply delete(String path) {
        return send("DELETE", path, "", new byte[0]);
    }

    public Reply post(String path, String... pairs) {
        return form("POST", path, pairs);
    }

    public Reply put(String path, String... pairs) {
        return form("PUT", path, pairs);
    }

    Reply upload(String path, String fileName, byte[] content) {
        String boundary = "----wire";
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"content\"\r\n\r\niso\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(("--" + boundary + "\r\nContent-Disposition: form-data; name=\"filename\"; filename=\""
                        + fileName + "\"\r\nContent-Type: application/octet-stream\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes(("\r\n--" + boundary + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return send(
                "POST", path, "Content-Type: multipart/form-data; boundary=" + boundary + "\r\n", body.toByteArray());
    }

    /** Waits for a task and answers how it ended. */
    public String await(Reply started) {
        String upid = started.text();
        String node = upid.substring(5, upid.indexOf(':', 5));
        String path = "/nodes/" + node + "/tasks/" + encode(upid) + "/status";
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> get(path).data().path("status").asString().equals("stopped"));
        return get(path).data().path("exitstatus").asString();
    }

    public void ok(Reply started) {
        assertThat(await(started)).isEqualTo("OK");
    }

    private Reply form(String method, String path, String... pairs) {
        Map<String, String> fields = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put(pairs[i], pairs[i + 1]);
        }
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(
                method,
                path,
                "Content-Type: application/x-www-form-urlencoded\r\n",
                body.getBytes(StandardCharsets.UTF_8));
    }

    Reply send(String method, String path, String headers, byte[] body) {
        String authorization = token.isEmpty() ? "" : "Authorization: PVEAPIToken=" + token + "\r\n";
        RawHttp.Reply reply = http.send(method, "/api2/json" + path, authorization + headers, body);
        return new Reply(reply.status(), reply.reason(), reply.body());
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
