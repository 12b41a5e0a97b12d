package io.nodeledger.standalone.demo;

import io.nodeledger.standalone.Obstacle;
import io.nodeledger.standalone.api.Api;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** Follows an operation to its end, a line for each step. */
final class OperationProgress {
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final long GLANCE_MILLIS = 100;
    private static final Set<String> OPEN = Set.of("pending", "running");

    private final Api api;
    private final String nodes;
    private final Display display;

    OperationProgress(Api api, String nodes, Display display) {
        this.api = api;
        this.nodes = nodes;
        this.display = display;
    }

    /**
     * Returns how long the operation took.
     *
     * @throws Obstacle when it fails or doesn't end
     */
    Duration follow(String id) throws IOException {
        Instant begin = Instant.now();
        Set<String> shown = new HashSet<>();
        while (Duration.between(begin, Instant.now()).compareTo(PATIENCE) < 0) {
            var operation = api.get(nodes + "/operations/" + id)
                    .expect("read the operation", 200)
                    .data();
            show(operation, shown);
            String status = operation.path("status").asString();
            if (!OPEN.contains(status)) {
                return ended(operation, status);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(GLANCE_MILLIS));
        }
        throw new Obstacle("The operation " + id + " has not ended after " + PATIENCE.toMinutes()
                + " minutes: its steps are at " + nodes + "/operations/" + id + ".");
    }

    private void show(JsonNode operation, Set<String> shown) {
        int progress = operation.path("progress").asInt(0);
        for (JsonNode step : operation.path("steps")) {
            String name = step.path("step").asString();
            if (step.path("finished_at").isString()) {
                if (shown.add(name)) {
                    display.ended(
                            line(step, Instant.parse(step.path("finished_at").asString())));
                }
            } else if (step.path("started_at").isString()) {
                display.running(line(step, Instant.now()) + "  " + progress + " %");
            }
        }
    }

    private static String line(JsonNode step, Instant until) {
        var taken = step.path("started_at").isString()
                ? Display.seconds(
                        Duration.between(Instant.parse(step.path("started_at").asString()), until))
                : "";
        return String.format(
                Locale.ROOT,
                "  %-22s %-10s %8s  %s",
                step.path("step").asString(),
                step.path("status").asString(),
                taken,
                step.path("detail").asString(""));
    }

    private static Duration ended(JsonNode operation, String status) {
        if (!"succeeded".equals(status)) {
            var error = operation.path("error");
            throw new Obstacle("The operation " + operation.path("id").asString() + " ended " + status + ": "
                    + error.path("code").asString("") + " "
                    + error.path("message").asString(""));
        }
        return Duration.between(
                Instant.parse(operation.path("started_at").asString()),
                Instant.parse(operation.path("finished_at").asString()));
    }
}
