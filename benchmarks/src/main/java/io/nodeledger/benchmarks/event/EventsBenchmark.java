package io.nodeledger.benchmarks.event;

import io.nodeledger.benchmarks.cost.BusyNodes;
import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceRegistered;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.standalone.api.Api;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * From an event's commit to a consumer of the topic and to a webhook's server; then what both come to after an outage of Kafka,
 * against a bare producer and a bare HTTP client.
 */
public final class EventsBenchmark {
    private static final String WORKSPACE = "ws-bench";
    private static final int WARM_UP = 10;
    private static final int PACED = 10;
    private static final int BEHIND = 200;
    private static final Duration PACE = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Cause CAUSE =
            new Cause("user-1", "user", "admin", WORKSPACE, "req-1", "192.0.2.7", null, "ProvisionNode", null);

    private final PrintStream out;
    private final TellingAlone telling;
    private final Arrivals arrivals;
    private final BusyNodes nodes = new BusyNodes(Instant.now().truncatedTo(ChronoUnit.MILLIS));

    private EventsBenchmark(PrintStream out, TellingAlone telling, Arrivals arrivals) {
        this.out = out;
        this.telling = telling;
        this.arrivals = arrivals;
    }

    /** Measures and prints. */
    public static void run(PrintStream out) throws Exception {
        try (var telling = new TellingAlone();
                var arrivals = new Arrivals(telling.bootstrapServers(), false)) {
            var benchmark = new EventsBenchmark(out, telling, arrivals);
            benchmark.begin();
            benchmark.paced("warm-up", 0, WARM_UP);
            benchmark.paced("an event every " + PACE.toMillis() + " ms", WARM_UP, PACED);
            benchmark.catchUp();
        }
    }

    private void begin() throws Exception {
        BareClients.prepare(telling.bootstrapServers());
        telling.begin(true);
        var registered = new WorkspaceRegistered(
                WORKSPACE, WorkspacePlan.ENTERPRISE, 100_000, "us-west-2", WORKSPACE, false, Instant.now());
        append(List.of(
                new GenericDomainEventMessage<>("Workspace", WorkspaceCommand.streamIdOf(WORKSPACE), 0, registered)));
        String token = telling.token(WORKSPACE);
        try (var api = new Api(telling.url(), () -> token)) {
            api.post("/api/v1/workspaces/" + WORKSPACE + "/nodes/webhooks", Map.of("url", arrivals.url()))
                    .expect("create a webhook", 201);
        }
    }

    private void paced(String name, int from, int count) throws InterruptedException {
        var committed = new HashMap<String, Long>();
        for (int node = from; node < from + count; node++) {
            for (DomainEventMessage<?> message : life(node)) {
                append(List.of(message));
                committed.put(message.getIdentifier(), System.nanoTime());
                Thread.sleep(PACE);
            }
        }
        await(committed.size(), committed.keySet());
        print(name + ", to Kafka", committed, arrivals.onTopic);
        print(name + ", to a webhook", committed, arrivals.atWebhook);
    }

    private void catchUp() throws Exception {
        telling.begin(false);
        var ids = new ArrayList<String>();
        for (int node = 0; node < BEHIND; node++) {
            List<DomainEventMessage<?>> life = life(1_000 + node);
            append(life);
            life.forEach(message -> ids.add(message.getIdentifier()));
        }
        telling.begin(true);
        await(ids.size(), ids);
        double relayed = rate(ids, arrivals.onTopic);
        double delivered = rate(ids, arrivals.atWebhook);
        double producer = BareClients.producer(telling.bootstrapServers(), ids.size());
        double client = BareClients.http(arrivals.url(), ids.size() / 4);
        out.printf("a bare producer           %,9.0f records a second%n", producer);
        out.printf(
                "the relay, catching up    %,9.0f events a second, %.0f %% of it%n", relayed, 100 * relayed / producer);
        out.printf("a bare HTTP client        %,9.0f requests a second%n", client);
        out.printf(
                "webhooks, catching up     %,9.0f deliveries a second, %.0f %% of it%n",
                delivered, 100 * delivered / client);
    }

    private List<DomainEventMessage<?>> life(int node) {
        var messages = new ArrayList<DomainEventMessage<?>>();
        for (NodeEvent event : nodes.life("node-%05d".formatted(node), WORKSPACE)) {
            messages.add(new GenericDomainEventMessage<>(
                    "Node", event.nodeId(), messages.size(), event, CAUSE.asMetadata()));
        }
        return messages;
    }

    private void append(List<DomainEventMessage<?>> messages) {
        new TransactionTemplate(telling.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> telling.bean(EventStore.class).publish(messages));
    }

    private void await(int count, Iterable<String> ids) throws InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        for (String id : ids) {
            while (!arrivals.onTopic.containsKey(id) || !arrivals.atWebhook.containsKey(id)) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException("Of %d events %d are on the topic and %d came to the webhook"
                            .formatted(count, arrivals.onTopic.size(), arrivals.atWebhook.size()));
                }
                Thread.sleep(10);
            }
        }
    }

    private void print(String name, Map<String, Long> committed, Map<String, Long> arrived) {
        var times = new Histogram(3);
        committed.forEach((id, at) -> times.recordValue(Math.max(0, arrived.getOrDefault(id, at) - at)));
        out.printf(
                "%-42s p50 %6.2f   p99 %6.2f ms%n",
                name, times.getValueAtPercentile(50) / 1e6, times.getValueAtPercentile(99) / 1e6);
    }

    /** From the first of them to the last. */
    private static double rate(List<String> ids, Map<String, Long> arrived) {
        var times = ids.stream().mapToLong(id -> arrived.getOrDefault(id, 0L)).summaryStatistics();
        return ids.size() * 1e9 / (times.getMax() - times.getMin());
    }
}
