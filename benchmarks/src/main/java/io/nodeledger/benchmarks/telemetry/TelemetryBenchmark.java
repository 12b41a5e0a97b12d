package io.nodeledger.benchmarks.telemetry;

import io.nodeledger.benchmarks.instance.TemporaryInstance;
import io.nodeledger.simulators.kubernetes.KubernetesSimulator;
import io.nodeledger.simulators.kubernetes.KubernetesSimulatorSettings;
import io.nodeledger.standalone.token.TokenRequest;
import io.nodeledger.standalone.token.Tokens;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.HdrHistogram.Histogram;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Sampling: the share of the processors that ten thousand machines every 15 seconds take, against the same product with none.
 * Reading: the usage of a thousand nodes and the metrics of seven days, against the smallest answer that the API has.
 */
public final class TelemetryBenchmark {
    private static final String REGION = "us-west-2";
    private static final int MACHINES = 10_000;
    private static final Duration WARM_UP = Duration.ofSeconds(30);
    private static final Duration MEASURED = Duration.ofSeconds(60);
    private static final int RUNS = 400;
    private static final int RUNS_BEFORE = 200;

    private final PrintStream out;

    private TelemetryBenchmark(PrintStream out) {
        this.out = out;
    }

    /** Measures and prints. */
    public static void run(PrintStream out) throws Exception {
        var benchmark = new TelemetryBenchmark(out);
        double idle = benchmark.sampling(0);
        double busy = benchmark.sampling(MACHINES);
        out.printf("%d machines take %.1f %% of one processor more than none%n", MACHINES, 100 * (busy - idle));
        benchmark.reading();
    }

    /** The processors that the product and its database use. */
    private double sampling(int machines) throws Exception {
        Path clusterFolder = Files.createTempDirectory("nodeledger-bench-cluster-");
        var vertx = Vertx.vertx();
        try (var proxmox = new ListedMachines(machines);
                var cluster = KubernetesSimulator.start(
                        new KubernetesSimulatorSettings(REGION, clusterFolder, 0, 1, 0, false, 1000), vertx)) {
            var settings = Map.of(
                    "nodeledger.regions[0].id", REGION,
                    "nodeledger.regions[0].proxmox.url", proxmox.url(),
                    "nodeledger.regions[0].proxmox.token", "root@pam!benchmark=" + UUID.randomUUID(),
                    "nodeledger.regions[0].proxmox.template", "9000",
                    "nodeledger.regions[0].proxmox.storage", "local",
                    "nodeledger.regions[0].proxmox.bridge", "vmbr0",
                    "nodeledger.regions[0].proxmox.vmid-range", "100000-199999",
                    "nodeledger.regions[0].kubernetes.kubeconfig",
                            cluster.kubeconfig().toString(),
                    "nodeledger.reconciler.every", "1h");
            try (var instance = new TemporaryInstance(settings)) {
                Thread.sleep(WARM_UP);
                var jdbc = JdbcClient.create(instance.context().getBean(DataSource.class));
                long rows = rows(jdbc);
                Duration before = ProcessorTime.ofThisProcess();
                Path data = instance.folder().postgres().resolve("data");
                Duration databaseBefore = ProcessorTime.ofPostgres(data);
                Thread.sleep(MEASURED);
                double own = ProcessorTime.ofThisProcess().minus(before).toMillis() / (double) MEASURED.toMillis();
                double database =
                        ProcessorTime.ofPostgres(data).minus(databaseBefore).toMillis() / (double) MEASURED.toMillis();
                out.printf(
                        "%6d machines: %.0f rows a second, %.1f %% of a processor in this process, %.1f %% in PostgreSQL"
                                + " (%d listings, %d questions about one machine)%n",
                        machines,
                        (rows(jdbc) - rows) / (double) MEASURED.toSeconds(),
                        100 * own,
                        100 * database,
                        proxmox.listings(),
                        proxmox.details());
                return own + database;
            }
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
            TemporaryInstance.delete(clusterFolder);
        }
    }

    private static long rows(JdbcClient jdbc) {
        return jdbc.sql("SELECT count(*) FROM provisioner.telemetry_sample")
                .query(Long.class)
                .single();
    }

    private void reading() throws Exception {
        var settings = Map.of(
                "nodeledger.rate-limit.enabled", "false",
                "nodeledger.telemetry.sample-interval", "1h",
                "nodeledger.telemetry.detail-interval", "1h");
        try (var instance = new TemporaryInstance(settings)) {
            long begin = System.nanoTime();
            var database = instance.context().getBean(DataSource.class);
            int generation = JdbcClient.create(database)
                    .sql(
                            "SELECT generation FROM query.projection_generation WHERE read_model = 'nodes' AND state = 'active'")
                    .query(Integer.class)
                    .single();
            try (var connection = database.getConnection()) {
                var nodes = new SampledNodes(connection, Instant.now());
                nodes.loadNodes("query.nodes_g" + generation);
                nodes.loadHistory();
            }
            out.printf("A month of telemetry loaded in %.0f s%n", (System.nanoTime() - begin) / 1e9);
            String token = Tokens.of(instance.folder()).mint(TokenRequest.operator("benchmark"));
            String api = instance.runtime().baseUrl() + "/api/v1/";
            String workspace = api + "workspaces/" + SampledNodes.WORKSPACE + "/nodes";
            var random = new Random(2026);
            Histogram plans = ask(token, () -> api + "node-plans");
            print("node plans, the smallest", plans, plans);
            print("usage of 1,000 nodes", ask(token, () -> workspace + "/usage"), plans);
            for (String period : new String[] {"7d", "24h", "6h", "1h"}) {
                int known = period.equals("7d") ? SampledNodes.OF_WORKSPACE : 200;
                print(
                        "metrics of " + period,
                        ask(
                                token,
                                () -> workspace + "/" + ListedMachines.nodeId(random.nextInt(known))
                                        + "/metrics?period=" + period),
                        plans);
            }
        }
    }

    private Histogram ask(String token, Supplier<String> url) throws Exception {
        var times = new Histogram(3);
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            for (int run = -RUNS_BEFORE; run < RUNS; run++) {
                var request = HttpRequest.newBuilder(URI.create(url.get()))
                        .header("Authorization", "Bearer " + token)
                        .build();
                long begin = System.nanoTime();
                var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
                }
                if (run >= 0) {
                    times.recordValue(System.nanoTime() - begin);
                }
            }
        }
        return times;
    }

    private void print(String what, Histogram times, Histogram smallest) {
        out.printf(
                "%-26s p50 %6.2f   p99 %6.2f ms   %5.1f times the smallest%n",
                what,
                times.getValueAtPercentile(50) / 1e6,
                times.getValueAtPercentile(99) / 1e6,
                times.getValueAtPercentile(50) / (double) smallest.getValueAtPercentile(50));
    }
}
