package io.nodeledger.benchmarks.separate;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** A platform operator's client of any process. */
final class InstanceClient implements AutoCloseable {
    static final String POSITION = "X-Event-Position";
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String token;

    InstanceClient(String token) {
        this.token = token;
    }

    HttpResponse<String> send(String method, String url, String json) throws IOException, InterruptedException {
        return send(request(url)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(json)));
    }

    HttpResponse<String> read(String url) throws IOException, InterruptedException {
        return send(request(url).GET());
    }

    /** Is answered when the process has seen the position. */
    HttpResponse<String> read(String url, String position) throws IOException, InterruptedException {
        return send(request(url).header("X-Min-Event-Position", position).GET());
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(PATIENCE).header("Authorization", "Bearer " + token);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(response.statusCode() + ": " + response.body());
        }
        return response;
    }

    @Override
    public void close() {
        http.close();
    }
}
