package io.nodeledger.simulators.proxmox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A client as plain as can be, which sees the reason phrase and the bytes as they come. */
final class Wire {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final URI url;
    private final String token;
    private final SSLContext tls;

    Wire(ProxmoxSimulator simulator) throws IOException, GeneralSecurityException {
        this(simulator, simulator.token());
    }

    Wire(ProxmoxSimulator simulator, String token) throws IOException, GeneralSecurityException {
        this.url = URI.create(simulator.url());
        this.token = token;
        KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
        trusted.load(null, null);
        trusted.setCertificateEntry(
                "pve",
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(simulator.certificatePem())));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);
    }

    record Reply(int status, String reason, String body) {
        JsonNode json() {
            return JSON.readTree(body);
        }

        JsonNode data() {
            assertThat(status).as(reason + " " + body).isEqualTo(200);
            return json().path("data");
        }

        String text() {
            return data().asString();
        }
    }

    Reply get(String path) {
        return send("GET", path, "", new byte[0]);
    }

    Reply delete(String path) {
        return send("DELETE", path, "", new byte[0]);
    }

    Reply post(String path, String... pairs) {
        return form("POST", path, pairs);
    }

    Reply put(String path, String... pairs) {
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
    String await(Reply started) {
        String upid = started.text();
        String node = upid.substring(5, upid.indexOf(':', 5));
        String path = "/nodes/" + node + "/tasks/" + encode(upid) + "/status";
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> get(path).data().path("status").asString().equals("stopped"));
        return get(path).data().path("exitstatus").asString();
    }

    void ok(Reply started) {
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
        String length = headers.contains("Transfer-Encoding") || (body.length == 0 && method.equals("GET"))
                ? ""
                : "Content-Length: " + body.length + "\r\n";
        String authorization = token.isEmpty() ? "" : "Authorization: PVEAPIToken=" + token + "\r\n";
        String head = method + " /api2/json" + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + authorization + length + headers + "\r\n";
        try (Socket socket = tls.getSocketFactory().createSocket(url.getHost(), url.getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(head.getBytes(StandardCharsets.UTF_8));
            out.write(body);
            out.flush();
            return parse(socket.getInputStream());
        } catch (IOException e) {
            return new Reply(0, String.valueOf(e.getMessage()), "");
        }
    }

    private static Reply parse(InputStream in) throws IOException {
        String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        if (text.isEmpty()) {
            return new Reply(0, "connection closed", "");
        }
        int end = text.indexOf("\r\n\r\n");
        String statusLine = text.substring(0, text.indexOf("\r\n"));
        return new Reply(
                Integer.parseInt(statusLine.substring(9, 12)), statusLine.substring(13), text.substring(end + 4));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
