package io.nodeledger.benchmarks.orchestration;

import io.fabric8.kubernetes.api.model.apps.ReplicaSetBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.nodeledger.benchmarks.instance.TemporaryInstance;
import io.nodeledger.standalone.instance.RuntimeFile;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;

/**
 * Five hundred nodes are stopped at once, each with its pods to be moved away, while others go on reading nodes and
 * changing labels. What the others wait is compared with what they wait when nothing is stopped.
 */
public final class StopsBenchmark {
    private static final int NODES = 500;
    private static final int OTHERS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration PACE = Duration.ofMillis(20);
    private static final List<String> REGIONS = List.of("us-west-2", "us-east-1", "eu-west-1");

    private final PrintStream out;
    private final NodeClient client;

    private StopsBenchmark(PrintStream out, NodeClient client) {
        this.out = out;
        this.client = client;
    }

    /** Measures and prints. */
    public static void run(PrintStream out) throws Exception {
        try (var instance = new TemporaryInstance(TemporaryInstance.UNLIMITED)) {
            var runtime = instance.runtime();
            new StopsBenchmark(out, new NodeClient(runtime.baseUrl(), instance.folder())).measure(runtime);
        }
    }

    private void measure(RuntimeFile runtime) throws Exception {
        out.printf("%d stops with drains at once, and what others wait meanwhile, milliseconds%n", NODES);
        List<String> others = provision("other-", OTHERS);
        List<String> nodes = provision("many-", NODES);
        for (var region : runtime.regions()) {
            fill(region.kubeconfig(), NODES / REGIONS.size());
        }
        long quietEnd = System.nanoTime() + QUIET.toNanos();
        Histogram quiet = waits(others, () -> System.nanoTime() < quietEnd);
        print("others, nothing stops", quiet);
        long begin = System.nanoTime();
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<?>>();
            for (String node : nodes) {
                asked.add(callers.submit(() -> {
                    client.stop(node);
                    return null;
                }));
            }
            Histogram meanwhile = waits(others, () -> client.count("many-", "stopped") < NODES && within(begin));
            for (Future<?> call : asked) {
                call.get();
            }
            print("others, all stop", meanwhile);
            int stopped = client.count("many-", "stopped");
            double seconds = (System.nanoTime() - begin) / 1e9;
            out.printf("%-22s %d of %d stopped after %.1f s%n", "", stopped, NODES, seconds);
            out.printf(
                    "%-22s others wait %.1f times as long at p99%n",
                    "", meanwhile.getValueAtPercentile(99) / (double) Math.max(1, quiet.getValueAtPercentile(99)));
        }
    }

    private static boolean within(long begin) {
        return System.nanoTime() - begin < PATIENCE.toNanos();
    }

    private List<String> provision(String prefix, int count) throws Exception {
        var ids = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            ids.add(client.ask(prefix + i, REGIONS.get(i % REGIONS.size())));
        }
        long begin = System.nanoTime();
        while (client.count(prefix, "running") < count) {
            if (!within(begin)) {
                throw new IllegalStateException(client.count(prefix, "running") + " of " + count + " run");
            }
            Thread.sleep(LOOK);
        }
        return ids;
    }

    /** As many pods as there are nodes, for the scheduler to spread. */
    private static void fill(String kubeconfig, int pods) {
        var labels = Map.of("app", "crowd");
        try (var kubernetes = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(Path.of(kubeconfig).toFile()))
                .build()) {
            kubernetes
                    .resource(new ReplicaSetBuilder()
                            .withNewMetadata()
                            .withNamespace("default")
                            .withName("crowd")
                            .endMetadata()
                            .withNewSpec()
                            .withReplicas(pods)
                            .withNewSelector()
                            .withMatchLabels(labels)
                            .endSelector()
                            .withNewTemplate()
                            .withNewMetadata()
                            .withLabels(labels)
                            .endMetadata()
                            .withNewSpec()
                            .withTerminationGracePeriodSeconds(1L)
                            .addNewContainer()
                            .withName("main")
                            .withImage("web")
                            .endContainer()
                            .endSpec()
                            .endTemplate()
                            .endSpec()
                            .build())
                    .create();
        }
    }

    /** Something that can be asked again and again. */
    private interface Condition {
        boolean holds() throws Exception;
    }

    /** Reads nodes and lists and changes labels at an even pace as long as the condition holds. */
    private Histogram waits(List<String> others, Condition goOn) throws Exception {
        var times = new Histogram(3);
        for (int i = 0; goOn.holds(); i++) {
            for (String node : others) {
                long begin = System.nanoTime();
                if (i % 10 == 0) {
                    client.label(node, "v" + System.nanoTime());
                } else {
                    client.read(node);
                }
                times.recordValue(Duration.ofNanos(System.nanoTime() - begin).toMillis());
                Thread.sleep(PACE);
            }
        }
        return times;
    }

    private void print(String what, Histogram times) {
        out.printf(
                "%-22s p50 %d   p99 %d   max %d   (%d requests)%n",
                what,
                times.getValueAtPercentile(50),
                times.getValueAtPercentile(99),
                times.getMaxValue(),
                times.getTotalCount());
    }
}
