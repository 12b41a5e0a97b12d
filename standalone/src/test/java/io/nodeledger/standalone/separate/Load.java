package io.nodeledger.standalone.separate;

import io.nodeledger.standalone.StandaloneServer;
import io.nodeledger.standalone.api.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A tenant at work until it is told to stop: asks for nodes and webhooks, reads what it has written and all that there is. */
final class Load {
    private static final int PROVISIONERS = 3;
    private static final long BETWEEN_NODES_MILLIS = 2_000;
    private static final long BETWEEN_WEBHOOKS_MILLIS = 3_000;
    private static final long BETWEEN_READS_MILLIS = 100;
    /** A workspace may have fifty. */
    private static final int MOST_WEBHOOKS = 45;

    private final StandaloneServer server;
    private final String workspace;
    private final String path;
    private final String silentUrl;
    private final Map<String, String> nodes = new ConcurrentHashMap<>();
    private final Map<String, String> webhooks = new ConcurrentHashMap<>();
    private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean over;

    @FunctionalInterface
    private interface Turn {
        void take(RetryingClient client, int number) throws IOException, InterruptedException;
    }

    /** @param silentUrl where webhooks are that are never told anything */
    Load(StandaloneServer server, String workspace, String silentUrl) {
        this.server = server;
        this.workspace = workspace;
        this.silentUrl = silentUrl;
        path = "/api/v1/workspaces/" + workspace + "/nodes";
    }

    Load start() {
        for (int provisioner = 1; provisioner <= PROVISIONERS; provisioner++) {
            String prefix = "loaded-" + provisioner + "-";
            repeat(BETWEEN_NODES_MILLIS, (client, number) -> provision(client, prefix + number));
        }
        repeat(BETWEEN_WEBHOOKS_MILLIS, this::subscribe);
        repeat(BETWEEN_READS_MILLIS, (client, _) -> {
            wanted(client.read(path + "?per_page=100"), 200);
            wanted(client.read(path + "/webhooks"), 200);
        });
        return this;
    }

    /** Ids of the nodes that were promised, by name. */
    Map<String, String> nodes() {
        return nodes;
    }

    /** Ids of the webhooks that were made, by description. */
    Map<String, String> webhooks() {
        return webhooks;
    }

    /** Whatever a client that repeats what it may should not have seen. */
    Queue<String> surprises() {
        return surprises;
    }

    /** Ends when all that has been begun is answered. */
    void stop() throws InterruptedException {
        over = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void provision(RetryingClient client, String name) throws IOException, InterruptedException {
        var wish = Map.of("name", name, "plan_id", "plan-dedicated-2c4g", "region", "us-west-2");
        var made = client.create(path, "key-" + name, wish);
        if (wanted(made, 200, 202)) {
            String id = made.data().path("id").asString();
            nodes.put(name, id);
            var read = client.read(path + "/" + id);
            if (wanted(read, 200) && !read.data().path("name").asString().equals(name)) {
                surprises.add(name + " was read as " + read);
            }
        }
    }

    private void subscribe(RetryingClient client, int number) throws IOException, InterruptedException {
        if (number > MOST_WEBHOOKS) {
            return;
        }
        String description = "subscribed-" + number;
        var wish = Map.of("url", silentUrl, "description", description, "events", List.of("node.deleted"));
        var made = client.create(path + "/webhooks", "key-" + description, wish);
        if (wanted(made, 201)) {
            webhooks.put(description, made.data().path("id").asString());
        }
    }

    private boolean wanted(Answer answer, Integer... statuses) {
        boolean isOne = List.of(statuses).contains(answer.status());
        if (!isOne) {
            surprises.add("Instead of " + List.of(statuses) + ": " + answer);
        }
        return isOne;
    }

    private void repeat(long pauseMillis, Turn turn) {
        threads.add(Thread.ofVirtual().start(() -> {
            try (var client = new RetryingClient(server.as(workspace, "admin"), surprises)) {
                for (int number = 1; !over; number++) {
                    turn.take(client, number);
                    Thread.sleep(pauseMillis);
                }
            } catch (IOException | RuntimeException failure) {
                surprises.add("The load ended with " + failure);
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
            }
        }));
    }
}
