package io.nodeledger.benchmarks.orchestration;

import io.nodeledger.benchmarks.instance.TemporaryInstance;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * Time from POST to {@code running} with provider delays of 0, one node after another; then 200 at once. The ceiling is
 * what the bare calls to the same provider take, without a store, a saga or a Kubernetes cluster.
 */
public final class OrchestrationBenchmark {
    private static final int WARM_UP = 40;
    private static final int ONE_BY_ONE = 60;
    private static final int AT_ONCE = 200;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Duration LOOK = Duration.ofMillis(50);
    private static final List<String> REGIONS = List.of("us-west-2", "us-east-1", "eu-west-1");

    private OrchestrationBenchmark() {}

    /** Measures and prints. */
    public static void run(PrintStream out) throws Exception {
        try (var instance = new TemporaryInstance(TemporaryInstance.UNLIMITED)) {
            var runtime = instance.runtime();
            var client = new NodeClient(runtime.baseUrl(), instance.folder());
            measure(out, client, new BareProvider(runtime.regions().getFirst()));
        }
    }

    private static void measure(PrintStream out, NodeClient client, BareProvider provider) throws Exception {
        out.println("POST to running, provider delays 0, milliseconds");
        for (int i = 0; i < WARM_UP; i++) {
            client.provisionUntilRunning("warm-" + i, REGIONS.getFirst());
            provider.provision();
        }
        var bare = new Histogram(3);
        var ours = new Histogram(3);
        for (int i = 0; i < ONE_BY_ONE; i++) {
            bare.recordValue(provider.provision().toMillis());
            ours.recordValue(
                    client.provisionUntilRunning("one-" + i, REGIONS.getFirst()).toMillis());
        }
        print(out, "bare provider calls", bare);
        print(out, "one by one", ours);
        out.printf(
                "%-22s %.1f times the bare calls at p50%n",
                "", ours.getValueAtPercentile(50) / (double) Math.max(1, bare.getValueAtPercentile(50)));
        atOnce(out, client);
    }

    /** One looks for all: two hundred that look would be what is measured. */
    private static void atOnce(PrintStream out, NodeClient client) throws Exception {
        long begin = System.nanoTime();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<String>>();
            for (int i = 0; i < AT_ONCE; i++) {
                String name = "many-" + i;
                String region = REGIONS.get(i % REGIONS.size());
                asked.add(callers.submit(() -> client.ask(name, region)));
            }
            for (Future<String> node : asked) {
                node.get();
            }
        }
        var times = new Histogram(3);
        while (times.getTotalCount() < AT_ONCE) {
            Duration elapsed = Duration.ofNanos(System.nanoTime() - begin);
            if (elapsed.compareTo(PATIENCE) > 0) {
                throw new IllegalStateException(times.getTotalCount() + " of " + AT_ONCE + " run after " + PATIENCE);
            }
            long more = client.count("many-", "running") - times.getTotalCount();
            times.recordValueWithCount(elapsed.toMillis(), more);
            Thread.sleep(LOOK);
        }
        double seconds = times.getMaxValue() / 1e3;
        print(out, AT_ONCE + " at once", times);
        out.printf("%-22s all %d running after %.1f s: %.0f nodes a second%n", "", AT_ONCE, seconds, AT_ONCE / seconds);
    }

    private static void print(PrintStream out, String what, Histogram times) {
        out.printf(
                "%-22s p50 %d   p99 %d   max %d%n",
                what, times.getValueAtPercentile(50), times.getValueAtPercentile(99), times.getMaxValue());
    }
}
