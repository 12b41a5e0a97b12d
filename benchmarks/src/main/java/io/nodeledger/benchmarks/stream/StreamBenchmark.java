package io.nodeledger.benchmarks.stream;

import io.nodeledger.benchmarks.instance.TemporaryInstance;
import io.nodeledger.standalone.api.Api;
import io.nodeledger.standalone.token.TokenRequest;
import io.nodeledger.standalone.token.Tokens;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.HdrHistogram.Histogram;

/**
 * From the answer to a command, whose event is committed by then, to the moment at which each of a thousand readers has the
 * event; against one reader alone.
 */
public final class StreamBenchmark {
    private static final int READERS = 1_000;
    private static final int COMMANDS = 60;
    private static final int WARM_UP = 20;
    private static final Duration PACE = Duration.ofMillis(400);
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final PrintStream out;
    private final String nodes;
    private final Api api;
    private final String token;

    private StreamBenchmark(PrintStream out, String baseUrl, Api api, String token) {
        this.out = out;
        this.nodes = baseUrl + "/api/v1/workspaces/ws-demo/nodes";
        this.api = api;
        this.token = token;
    }

    /** Measures and prints. */
    public static void run(PrintStream out) throws Exception {
        var settings = Map.of("nodeledger.rate-limit.enabled", "false", "nodeledger.stream.per-caller", "2000");
        try (var instance = new TemporaryInstance(settings)) {
            String baseUrl = instance.runtime().baseUrl();
            String token = Tokens.of(instance.folder())
                    .mint(new TokenRequest("benchmark", "ws-demo", "admin", false, Duration.ofHours(1)));
            try (var api = new Api(baseUrl, () -> token)) {
                new StreamBenchmark(out, baseUrl, api, token).measure();
            }
        }
    }

    private void measure() throws Exception {
        String node = provisioned();
        out.println("From a command's answer to its event at every reader, milliseconds");
        Histogram one = measure(node, 1);
        Histogram many = measure(node, READERS);
        out.printf(
                "%d readers wait %.1f times as long as one at p99%n",
                READERS, many.getValueAtPercentile(99) / (double) Math.max(1, one.getValueAtPercentile(99)));
    }

    private Histogram measure(String node, int readers) throws Exception {
        var begun = new ConcurrentHashMap<String, Long>();
        var seen = new ConcurrentLinkedQueue<Seen>();
        var open = new ArrayList<StreamSocket>();
        try {
            for (int i = 0; i < readers; i++) {
                var first = ConcurrentHashMap.<String>newKeySet();
                open.add(new StreamSocket(nodes + "/stream", token, (operation, at) -> {
                    if (first.add(operation)) {
                        seen.add(new Seen(operation, at));
                    }
                }));
            }
            List<String> measured = new ArrayList<>();
            for (int command = -WARM_UP; command < COMMANDS; command++) {
                String operation = relabel(node, command);
                begun.put(operation, System.nanoTime());
                if (command >= 0) {
                    measured.add(operation);
                }
                Thread.sleep(PACE);
            }
            long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
            long expected = (long) (COMMANDS + WARM_UP) * readers;
            while (seen.size() < expected && System.nanoTime() < deadline) {
                Thread.sleep(PACE);
            }
            return print(readers, begun, seen, measured);
        } finally {
            for (StreamSocket socket : open) {
                socket.close();
            }
        }
    }

    private record Seen(String operation, long at) {}

    private Histogram print(int readers, Map<String, Long> begun, Iterable<Seen> seen, List<String> measured) {
        var times = new Histogram(3);
        for (Seen one : seen) {
            Long at = begun.get(one.operation());
            if (at != null && measured.contains(one.operation())) {
                times.recordValue(Math.max(0, one.at() - at) / 1_000_000);
            }
        }
        out.printf(
                "%5d readers   p50 %d   p99 %d   max %d   (%d of %d events came)%n",
                readers,
                times.getValueAtPercentile(50),
                times.getValueAtPercentile(99),
                times.getMaxValue(),
                times.getTotalCount(),
                (long) readers * measured.size());
        return times;
    }

    private String relabel(String node, int number) throws IOException {
        return api.call(
                        "PATCH",
                        path() + "/" + node,
                        Map.of(),
                        Map.of("labels", Map.of("run", "r" + (number + WARM_UP))))
                .expect("relabel", 202)
                .data()
                .path("operation_id")
                .asString();
    }

    private String provisioned() throws Exception {
        String id = api.post(
                        path(), Map.of("name", "streamed", "plan_id", "plan-dedicated-2c4g", "region", "us-west-2"))
                .expect("provision", 202)
                .data()
                .path("id")
                .asString();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!api.get(path() + "/" + id).data().path("status").asString().equals("running")) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("The node does not run");
            }
            Thread.sleep(PACE);
        }
        return id;
    }

    private static String path() {
        return "/api/v1/workspaces/ws-demo/nodes";
    }
}
