package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.cluster.PveError;
import io.nodeledger.simulators.proxmox.time.Timeline;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The HTTPS front of the API, with the limits of Proxmox's own server: no chunked bodies, none at all on DELETE, and
 * 512 KiB at most but for uploads.
 */
public final class ApiServer implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PREFIX = "/api2/json";
    private static final long BODY_LIMIT = 512 << 10;
    private static final long UPLOAD_LIMIT = 256 << 20;

    private final HttpServer server;
    private final Pipeline pipeline;
    private final Timeline timeline;
    private final Context context;

    private ApiServer(Vertx vertx, Certificate certificate, Pipeline pipeline, Timeline timeline) throws IOException {
        this.pipeline = pipeline;
        this.timeline = timeline;
        this.context = vertx.getOrCreateContext();
        this.server = vertx.createHttpServer(new HttpServerOptions()
                        .setSsl(true)
                        .setUseAlpn(false)
                        .setKeyCertOptions(new PemKeyCertOptions()
                                .addCertValue(Buffer.buffer(certificate.certificatePem()))
                                .addKeyValue(Buffer.buffer(certificate.keyPem()))))
                .requestHandler(this::receive);
    }

    /**
     * Listens on the loopback interface.
     *
     * @throws IOException when the port is taken or the certificate cannot be read
     */
    public static ApiServer listen(Vertx vertx, int port, Certificate certificate, Pipeline pipeline, Timeline timeline)
            throws IOException {
        ApiServer api = new ApiServer(vertx, certificate, pipeline, timeline);
        try {
            api.server.listen(port, "127.0.0.1").await(10, TimeUnit.SECONDS);
            return api;
        } catch (TimeoutException | RuntimeException e) {
            throw new IOException("Port " + port + " cannot be used: " + e.getMessage(), e);
        }
    }

    public int port() {
        return server.actualPort();
    }

    @Override
    public void close() throws IOException {
        try {
            server.close().await(10, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IOException("The simulator's server did not close in time", e);
        }
    }

    private void receive(HttpServerRequest http) {
        String refusal = refusal(http);
        if (refusal != null) {
            http.response().putHeader("Connection", "close");
            send(http, Answer.error(501, refusal));
            return;
        }
        if (multipart(http)) {
            receiveUpload(http);
            return;
        }
        http.body().onSuccess(body -> {
            try {
                String type = http.headers().contains("Content-Type") ? http.getHeader("Content-Type") : "";
                answer(http, Body.parameters(type, body.getBytes()), null);
            } catch (PveError e) {
                send(http, Answer.error(e));
            }
        });
    }

    private static @Nullable String refusal(HttpServerRequest http) {
        if (http.headers().contains("Transfer-Encoding")) {
            return "chunked transfer encoding not supported";
        }
        String length = http.getHeader("Content-Length");
        long bytes = length == null ? 0 : Long.parseLong(length);
        if (bytes > 0 && http.method().equals(HttpMethod.DELETE)) {
            return "Unexpected content for method 'DELETE'";
        }
        return bytes > (multipart(http) ? UPLOAD_LIMIT : BODY_LIMIT) ? "for data too large" : null;
    }

    private static boolean multipart(HttpServerRequest http) {
        String type = http.getHeader("Content-Type");
        return type != null && type.startsWith("multipart/form-data");
    }

    private void receiveUpload(HttpServerRequest http) {
        Buffer content = Buffer.buffer();
        String[] fileName = {""};
        http.setExpectMultipart(true);
        http.uploadHandler(file -> {
            fileName[0] = file.filename();
            file.handler(content::appendBuffer);
        });
        http.endHandler(_ -> {
            Map<String, String> parameters = new HashMap<>();
            http.formAttributes().forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
            parameters.put("filename", fileName[0]);
            answer(http, parameters, new Upload(fileName[0], content));
        });
    }

    private void answer(HttpServerRequest http, Map<String, String> body, @Nullable Upload upload) {
        Map<String, String> parameters = new HashMap<>(body);
        http.params(true).forEach(entry -> parameters.put(entry.getKey(), entry.getValue()));
        String path = URLDecoder.decode(http.path().replace("+", "%2B"), StandardCharsets.UTF_8);
        String authorization = http.headers().contains("Authorization") ? http.getHeader("Authorization") : "";
        if (!path.startsWith(PREFIX)) {
            send(http, Answer.error(404, "Not Found"));
            return;
        }
        Request request = new Request(
                http.method().name(),
                path.substring(PREFIX.length()),
                authorization,
                parameters,
                upload,
                Optional::empty);
        timeline.execute(() -> {
            var _ = pipeline.answer(request).whenComplete((answer, problem) -> {
                Answer sent = problem == null ? answer : Answer.error(500, String.valueOf(problem.getMessage()));
                context.runOnContext(_ -> send(http, sent));
            });
        });
    }

    private static void send(HttpServerRequest http, Answer answer) {
        if (answer.dropped()) {
            http.connection().close();
            return;
        }
        http.response().setStatusCode(answer.status()).setStatusMessage(printable(answer.reason()));
        if (answer.empty()) {
            http.response().end();
            return;
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("data", answer.data());
        if (!answer.ok()) {
            body.put("message", answer.reason() + "\n");
        }
        if (!answer.errors().isEmpty()) {
            body.put("errors", answer.errors());
        }
        http.response()
                .putHeader("Content-Type", "application/json;charset=UTF-8")
                .end(Buffer.buffer(JSON.writeValueAsBytes(body)));
    }

    private static String printable(String reason) {
        return reason.strip().replaceAll("[^\\x20-\\x7E]", " ");
    }
}
