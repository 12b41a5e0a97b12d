package io.nodeledger.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls a running service with one token and takes its answers apart. */
record ApiCaller(int port, String token, List<String> headers) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    static ApiCaller of(ConfigurableApplicationContext service, String token) {
        String port = Objects.requireNonNull(service.getEnvironment().getProperty("local.server.port"));
        return new ApiCaller(Integer.parseInt(port), token, List.of());
    }

    /** The same caller, whose requests carry one header more. */
    ApiCaller with(String name, String value) {
        return new ApiCaller(
                port,
                token,
                Stream.concat(headers.stream(), Stream.of(name, value)).toList());
    }

    /** The same caller, whose requests carry this key. */
    ApiCaller withKey(String key) {
        return with("Idempotency-Key", key);
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, body);
    }

    HttpResponse<String> put(String path, String body) throws IOException, InterruptedException {
        return send("PUT", path, body);
    }

    HttpResponse<String> patch(String path, String body) throws IOException, InterruptedException {
        return send("PATCH", path, body);
    }

    HttpResponse<String> delete(String path) throws IOException, InterruptedException {
        return send("DELETE", path, "");
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header("X-Request-Id", "request-of-a-test")
                .method(method, BodyPublishers.ofString(body));
        for (int i = 0; i < headers.size(); i += 2) {
            request.header(headers.get(i), headers.get(i + 1));
        }
        return HTTP.send(request.build(), BodyHandlers.ofString());
    }

    /** What a success carries. */
    static JsonNode data(HttpResponse<String> answer) {
        return member(answer, "data");
    }

    /** Status and code of an error, e.g. {@code 404 RESOURCE_NOT_FOUND}. */
    static String code(HttpResponse<String> answer) {
        return answer.statusCode() + " " + member(answer, "error").get("code").stringValue();
    }

    /** An error's details as they are on the wire. */
    static JsonNode details(HttpResponse<String> answer) {
        return member(answer, "error").get("details");
    }

    /** Field and code of each violation. */
    static List<String> fields(HttpResponse<String> answer) {
        return details(answer)
                .get("fields")
                .valueStream()
                .map(field -> field.get("field").stringValue() + " "
                        + field.get("code").stringValue())
                .toList();
    }

    private static JsonNode member(HttpResponse<String> answer, String name) {
        return Objects.requireNonNull(JSON.readTree(answer.body()).get(name), answer::body);
    }
}
