package io.nodeledger.benchmarks.event;

import io.nodeledger.benchmarks.cost.BusyNodes;
import io.nodeledger.benchmarks.cost.ReadSideAlone;
import io.nodeledger.benchmarks.instance.TemporaryInstance;
import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceRegistered;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.standalone.api.Api;
import io.nodeledger.standalone.instance.DataFolder;
import io.nodeledger.standalone.token.TokenRequest;
import io.nodeledger.standalone.token.Tokens;
import io.nodeledger.testing.PostgresServer;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.axonframework.eventhandling.DomainEventMessage;
import org.axonframework.eventhandling.GenericDomainEventMessage;
import org.axonframework.eventsourcing.eventstore.EventStore;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Two services that tell others and their broker are killed at random while nodes live, and the webhook's server is slow and
 * fails now and then: afterwards what happened is what is on the topic and what was accepted there, in each node's order (I5, I6).
 */
public final class KilledTellers {
    private static final String WORKSPACE = "ws-bench";
    private static final int NODES = 30;
    private static final int SHORTEST_LIFE = 1_000;
    private static final int LONGEST_LIFE = 4_000;
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final Cause CAUSE =
            new Cause("user-1", "user", "admin", WORKSPACE, "req-1", "192.0.2.7", null, "ProvisionNode", null);

    private final Map<String, List<String>> told = new LinkedHashMap<>();
    private final Random random;
    private final ReadSideAlone store;

    private KilledTellers(Random random, ReadSideAlone store) {
        this.random = random;
        this.store = store;
    }

    /**
     * Runs once.
     *
     * @return what is not as it has to be
     */
    public static List<String> run(long seed) throws Exception {
        var folder = new DataFolder(Files.createTempDirectory("nodeledger-bench-"));
        var database = PostgresServer.newDatabase();
        try (var store = new ReadSideAlone(folder, database);
                var parts = new KilledParts(folder, database);
                var arrivals = new Arrivals(parts.bootstrapServers(), true)) {
            var random = new Random(seed);
            var tellers = new KilledTellers(random, store);
            tellers.register(folder, parts, arrivals);
            var over = new AtomicBoolean();
            Thread killer = Thread.ofPlatform().start(() -> parts.killUntil(over, random, SHORTEST_LIFE, LONGEST_LIFE));
            tellers.live();
            over.set(true);
            killer.join();
            return tellers.violations(arrivals);
        } finally {
            TemporaryInstance.delete(folder.root());
        }
    }

    private void register(DataFolder folder, KilledParts parts, Arrivals arrivals) throws Exception {
        var registered = new WorkspaceRegistered(
                WORKSPACE, WorkspacePlan.ENTERPRISE, 100_000, "us-west-2", WORKSPACE, false, Instant.now());
        append(new GenericDomainEventMessage<>("Workspace", WorkspaceCommand.streamIdOf(WORKSPACE), 0, registered));
        String token =
                Tokens.of(folder).mint(new TokenRequest("benchmark", WORKSPACE, "admin", false, Duration.ofHours(1)));
        try (var api = new Api(parts.url(), () -> token)) {
            api.post("/api/v1/workspaces/" + WORKSPACE + "/nodes/webhooks", Map.of("url", arrivals.url()))
                    .expect("create a webhook", 201);
        }
    }

    private void live() throws InterruptedException {
        var lives = new ArrayList<List<NodeEvent>>();
        var nodes = new BusyNodes(Instant.now().truncatedTo(ChronoUnit.MILLIS));
        for (int node = 0; node < NODES; node++) {
            lives.add(nodes.life("node-%05d".formatted(node), WORKSPACE));
        }
        for (int event = 0; event < lives.getFirst().size(); event++) {
            for (List<NodeEvent> life : lives) {
                NodeEvent happened = life.get(event);
                var message =
                        new GenericDomainEventMessage<>("Node", happened.nodeId(), event, happened, CAUSE.asMetadata());
                append(message);
                told.computeIfAbsent(happened.nodeId(), _ -> new ArrayList<>()).add(message.getIdentifier());
                Thread.sleep(random.nextInt(12));
            }
        }
    }

    private void append(DomainEventMessage<?> message) {
        new TransactionTemplate(store.bean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> store.bean(EventStore.class).publish(message));
    }

    private List<String> violations(Arrivals arrivals) throws InterruptedException {
        int all = told.values().stream().mapToInt(List::size).sum();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while ((arrivals.onTopic.size() < all || arrivals.atWebhook.size() < all) && System.nanoTime() < deadline) {
            Thread.sleep(100);
        }
        var found = new ArrayList<String>();
        compare("I5: the topic", arrivals.topicByNode, found);
        compare("I6: the webhook", arrivals.webhookByNode, found);
        return found;
    }

    private void compare(String where, Map<String, List<String>> came, List<String> found) {
        if (!came.keySet().equals(told.keySet())) {
            found.add("%s has %d nodes of %d".formatted(where, came.size(), told.size()));
        }
        told.forEach((node, ids) -> {
            List<String> seen = List.copyOf(came.getOrDefault(node, List.of()));
            if (!seen.equals(ids)) {
                found.add("%s has %d events of %d of %s%s"
                        .formatted(
                                where,
                                seen.size(),
                                ids.size(),
                                node,
                                seen.size() == ids.size() ? " in another order" : ""));
            }
        });
    }
}
