package io.nodeledger.benchmarks.list;

import io.nodeledger.standalone.instance.DataFolder;
import io.nodeledger.standalone.token.TokenRequest;
import io.nodeledger.standalone.token.Tokens;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;

/** Asks for lists as a dashboard does, over a connection that stays open. */
final class NodesClient {
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String nodes;
    private final String token;

    NodesClient(String baseUrl, DataFolder folder) throws IOException, GeneralSecurityException {
        this.nodes = baseUrl + "/api/v1/workspaces/" + Listing.WORKSPACE + "/nodes";
        this.token = Tokens.of(folder).mint(TokenRequest.operator("benchmark"));
    }

    /** Makes the workspace: a list without any node asks whether it is there. */
    void register() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(
                        nodes.replace("/workspaces/", "/admin/workspaces/").replaceFirst("/nodes$", "")))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"plan\": \"enterprise\", \"region\": \"us-west-2\"}"))
                .build();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 201) {
            throw new IllegalStateException(response.statusCode() + ": " + response.body());
        }
    }

    /** Nanoseconds from the request to the whole answer. */
    long list(Listing listing, String sort, int page, int perPage) throws IOException, InterruptedException {
        var url = "%s?page=%d&per_page=%d&sort=%s&%s".formatted(nodes, page, perPage, sort, listing.query());
        var request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .build();
        long begin = System.nanoTime();
        var response = http.send(request, HttpResponse.BodyHandlers.ofString());
        long took = System.nanoTime() - begin;
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.statusCode() + ": " + response.body());
        }
        return took;
    }
}
