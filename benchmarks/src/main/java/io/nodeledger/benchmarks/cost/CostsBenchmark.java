package io.nodeledger.benchmarks.cost;

import io.nodeledger.base.eventstore.EventPosition;
import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceRegistered;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.query.projection.ProjectionRebuild;
import io.nodeledger.query.projection.ReadPositions;
import io.nodeledger.standalone.instance.DataFolder;
import io.nodeledger.standalone.token.TokenRequest;
import io.nodeledger.standalone.token.Tokens;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;
import org.HdrHistogram.Histogram;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A million events: a hundred each of a thousand nodes in one workspace, and of nine thousand in nine others. Bills of the
 * first workspace against the smallest answer of the API; every read model made anew against a mere reading of the events.
 */
public final class CostsBenchmark {
    private static final int WORKSPACES = 10;
    private static final int NODES_OF_EACH = 1_000;
    private static final int NODES_AT_ONCE = 20;
    private static final int EVENTS = WORKSPACES * NODES_OF_EACH * BusyNodes.EVENTS_OF_EACH;
    private static final int RUNS = 1_000;
    private static final Duration WARM_AFTER = Duration.ofSeconds(15);
    private static final Cause CAUSE =
            new Cause("user-1", "user", "admin", "ws-0", "req-1", "192.0.2.7", null, "ProvisionNode", null);

    private final PrintStream out;
    private final ReadSideAlone readSide;
    private final String token;

    private CostsBenchmark(PrintStream out, ReadSideAlone readSide, String token) {
        this.out = out;
        this.readSide = readSide;
        this.token = token;
    }

    /** Measures and prints. */
    public static void run(PrintStream out) throws Exception {
        Path root = Files.createTempDirectory("nodeledger-bench-");
        var folder = new DataFolder(root);
        try (var readSide = new ReadSideAlone(folder)) {
            String token = Tokens.of(folder).mint(TokenRequest.operator("benchmark"));
            var benchmark = new CostsBenchmark(out, readSide, token);
            benchmark.load();
            benchmark.bills();
            benchmark.rebuilds();
        } finally {
            try (var files = Files.walk(root)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private void load() {
        long begin = System.nanoTime();
        var now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        var nodes = new BusyNodes(now);
        String last = "";
        for (int workspace = 0; workspace < WORKSPACES; workspace++) {
            String workspaceId = "ws-" + workspace;
            append(List.of(message(
                    "Workspace",
                    WorkspaceCommand.streamIdOf(workspaceId),
                    0,
                    new WorkspaceRegistered(
                            workspaceId, WorkspacePlan.ENTERPRISE, 100_000, "us-west-2", workspaceId, false, now))));
            var batch = new ArrayList<DomainEventMessage<?>>();
            for (int node = 0; node < NODES_OF_EACH; node++) {
                last = "node-%d-%04d".formatted(workspace, node);
                long sequence = 0;
                for (NodeEvent event : nodes.life(last, workspaceId)) {
                    batch.add(message("Node", last, sequence++, event));
                }
                if ((node + 1) % NODES_AT_ONCE == 0) {
                    append(List.copyOf(batch));
                    batch.clear();
                }
            }
        }
        double appended = seconds(begin);
        var end = new EventPosition(last, BusyNodes.EVENTS_OF_EACH - 1);
        while (!readSide.bean(ReadPositions.class).await(end)) {
            Thread.onSpinWait();
        }
        // What a database that has been there for a while has done: its pages are written and its statistics are known.
        var database = new JdbcTemplate(readSide.bean(DataSource.class));
        database.execute("VACUUM ANALYZE");
        database.execute("CHECKPOINT");
        out.printf(
                "%d events appended in %.0f s, in every read model %.0f s later%n",
                EVENTS, appended, seconds(begin) - appended);
    }

    private static DomainEventMessage<?> message(String type, String stream, long sequence, Object event) {
        return new GenericDomainEventMessage<>(type, stream, sequence, event, CAUSE.asMetadata());
    }

    private void append(List<DomainEventMessage<?>> messages) {
        new TransactionTemplate(readSide.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> readSide.bean(EventStore.class).publish(messages));
    }

    private void bills() throws Exception {
        String costs = readSide.url() + "/api/v1/workspaces/ws-0/nodes/costs";
        Histogram plans = ask(readSide.url() + "/api/v1/node-plans");
        print("node plans, the smallest", plans, plans);
        print("costs of the current month", ask(costs), plans);
        print("costs of the last 3 months", ask(costs + "?period=last_3_months"), plans);
        print("by region alone", ask(costs + "?breakdown=region"), plans);
        print("200 lines", ask(costs + "/lines?limit=200"), plans);
    }

    private Histogram ask(String url) throws Exception {
        var times = new Histogram(3);
        try (var http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            long warm = System.nanoTime() + WARM_AFTER.toNanos();
            while (times.getTotalCount() < RUNS) {
                var request = HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "Bearer " + token)
                        .build();
                long begin = System.nanoTime();
                var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw new IllegalStateException(answer.statusCode() + ": " + answer.body());
                }
                if (begin - warm > 0) {
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

    private void rebuilds() throws Exception {
        double ceiling = ceiling();
        out.printf("%-26s %,9.0f events a second%n", "events read, nothing else", ceiling);
        var rebuild = readSide.bean(ProjectionRebuild.class);
        for (String model : List.of("costs", "nodes")) {
            long begin = System.nanoTime();
            rebuild.start(model);
            while (rebuild.status(model).orElseThrow().isRebuilding()) {
                Thread.sleep(100);
            }
            double perSecond = EVENTS / seconds(begin);
            out.printf(
                    "%-26s %,9.0f events a second, %.0f %% of the ceiling%n",
                    "rebuild of " + model, perSecond, 100 * perSecond / ceiling);
        }
    }

    private double ceiling() throws Exception {
        long begin = System.nanoTime();
        try (var stream = readSide.bean(EventStore.class).openStream(null)) {
            for (int read = 0; read < EVENTS; read++) {
                if (stream.nextAvailable().getPayload() == null) {
                    throw new IllegalStateException("An event without content");
                }
            }
        }
        return EVENTS / seconds(begin);
    }

    private static double seconds(long begin) {
        return (System.nanoTime() - begin) / 1e9;
    }
}
