package io.nodeledger.benchmarks.transition;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.nodeledger.benchmarks.instance.TemporaryInstance;
import io.nodeledger.provisioner.kubernetes.drain.DrainSettings;
import io.nodeledger.standalone.api.Api;
import io.nodeledger.standalone.token.TokenRequest;
import io.nodeledger.standalone.token.Tokens;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A workspace with two thousand pods moves to a hundred nodes of its own and back, everything at once, provider delays 0.
 * The ceiling is a script that asks the same instance for each of these nodes, evicts the like pods, as many at a time, and
 * deletes the nodes again.
 */
public final class TransitionsBenchmark {
    private static final int SHARED_NODES = 40;
    private static final Size WARM_UP = new Size(20, 20, 20);
    private static final Size FULL = new Size(100, 100, 20);

    private final PrintStream out;
    private final Api api;
    private final KubernetesClient kubernetes;
    private final int parallel;

    private TransitionsBenchmark(PrintStream out, Api api, KubernetesClient kubernetes, int parallel) {
        this.out = out;
        this.api = api;
        this.kubernetes = kubernetes;
        this.parallel = parallel;
    }

    /**
     * What a move to dedicated nodes and back took.
     *
     * @param ready from the request or requests for nodes until all of them run
     * @param there moving the pods to them
     * @param arrived all of it, to the dedicated nodes
     * @param back moving the pods back
     * @param returned all of it, back to the shared nodes
     */
    private record Times(Duration ready, Duration there, Duration arrived, Duration back, Duration returned) {}

    /** Measures and prints. */
    public static void run(PrintStream out) throws Exception {
        try (var instance = new TemporaryInstance(TemporaryInstance.UNLIMITED, SHARED_NODES);
                var kubernetes = client(instance.runtime().regions().getFirst().kubeconfig())) {
            String token = Tokens.of(instance.folder()).mint(TokenRequest.operator("benchmark"));
            int parallel = instance.context().getBean(DrainSettings.class).parallelEvictions();
            try (var api = new Api(instance.runtime().baseUrl(), () -> token)) {
                // It has a replica for each node, in everybody's way.
                kubernetes
                        .apps()
                        .deployments()
                        .inNamespace("demo")
                        .withName("web")
                        .delete();
                new TransitionsBenchmark(out, api, kubernetes, parallel).measure();
            }
        }
    }

    private void measure() throws Exception {
        out.printf("A transition of %d nodes and %,d pods, provider delays 0, seconds%n", FULL.nodes(), FULL.pods());
        var _ = script("ws-warm-script", WARM_UP);
        var _ = transitions("ws-warm", WARM_UP);
        // Whoever comes later runs on code that is better compiled.
        Times ours = transitions("ws-moving", FULL);
        Times script = script("ws-script", FULL);
        print("nodes asked for until all run", ours.ready(), "one by one", script.ready());
        print("pods moved to them", ours.there(), "bare evictions", script.there());
        print("all, to dedicated nodes", ours.arrived(), "both", script.arrived());
        print("pods moved back", ours.back(), "bare evictions", script.back());
        print("all, back to shared nodes", ours.returned(), "and deletions", script.returned());
        out.printf(
                "%-32s both completed, all %,d pods ready where they belong, no budget broken%n",
                "checked", FULL.pods());
    }

    private Times script(String name, Size size) throws Exception {
        var tenant = new Tenant(api, name);
        try (var workloads = new Workloads(kubernetes, name, size)) {
            var move = new BareMove(kubernetes, workloads, parallel);
            var clock = new Stopwatch();
            tenant.askForNodes(size.nodes());
            Patience.until("all nodes run", () -> tenant.count("running") == size.nodes());
            Duration ready = clock.lap();
            List<String> nodes = kubernetesNodes(tenant);
            clock.lap();
            move.toDedicated(name, nodes);
            Duration there = clock.lap();
            workloads.check(nodes::contains);
            List<String> ids = tenant.nodeIds();
            clock.lap();
            move.toShared(nodes);
            Duration back = clock.lap();
            tenant.deleteNodes(ids);
            Patience.until("all nodes are gone", () -> tenant.count("") == 0);
            Duration gone = clock.lap();
            workloads.check(node -> !nodes.contains(node));
            return new Times(ready, there, ready.plus(there), back, back.plus(gone));
        }
    }

    private Times transitions(String name, Size size) throws Exception {
        var tenant = new Tenant(api, name);
        try (var workloads = new Workloads(kubernetes, name, size)) {
            var clock = new Stopwatch();
            String there = tenant.toDedicated(size.nodes());
            Patience.until("all nodes run", () -> tenant.count("running") == size.nodes());
            Duration ready = clock.lap();
            Patience.until("the transition has completed", () -> tenant.isCompleted(there));
            Duration arrived = ready.plus(clock.lap());
            List<String> nodes = kubernetesNodes(tenant);
            workloads.check(nodes::contains);
            clock.lap();
            String back = tenant.toShared();
            Patience.until("the transition has completed", () -> tenant.isCompleted(back));
            Duration returned = clock.lap();
            workloads.check(node -> !nodes.contains(node));
            return new Times(ready, moving(tenant, there), arrived, moving(tenant, back), returned);
        }
    }

    private static Duration moving(Tenant tenant, String transition) throws Exception {
        return Duration.between(
                tenant.when(transition, "migration_started"), tenant.when(transition, "workloads_moved"));
    }

    private static List<String> kubernetesNodes(Tenant tenant) throws Exception {
        return tenant.nodeIds().stream().map(id -> id + "-k8s").toList();
    }

    /** One that asks once, as the product's own does. */
    private static KubernetesClient client(String kubeconfig) {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(
                                Config.fromKubeconfig(Path.of(kubeconfig).toFile()))
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build();
    }

    private void print(String what, Duration ours, String ceiling, Duration script) {
        out.printf(
                "%-32s %6.1f   %s %6.1f   %.2f times as long%n",
                what, seconds(ours), ceiling, seconds(script), seconds(ours) / seconds(script));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1e3;
    }

    /** Time between two looks at it. */
    private static final class Stopwatch {
        private long begin = System.nanoTime();

        Duration lap() {
            long now = System.nanoTime();
            var time = Duration.ofNanos(now - begin);
            begin = now;
            return time;
        }
    }
}
