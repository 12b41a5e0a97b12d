package io.nodeledger.resilience.schedule;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.resilience.check.WorkspaceStory;
import io.nodeledger.resilience.world.NodeCommands;
import io.nodeledger.resilience.world.World;
import io.nodeledger.testing.PostgresServer;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** PostgreSQL is killed and comes back at random while more callers than the workspace's limit allows ask for nodes. */
public final class RestartRuns {
    private static final int TOO_MANY = 5;
    private static final int LONGEST_PAUSE = 1500;
    private static final int PAUSE_OF_CALLERS = 50;

    private final Harness harness;
    private final PostgresServer server;

    public RestartRuns(Harness harness, PostgresServer server) {
        this.harness = harness;
        this.server = server;
    }

    /**
     * Makes nodes and deletes them, with some of the restarts in each.
     *
     * @return what is not as it has to be
     */
    public List<String> run(int nodes, int restarts, long seed) throws InterruptedException {
        var random = new Random(seed);
        harness.life()
                .send(new PutWorkspace(
                        NodeCommands.WORKSPACE,
                        WorkspacePlan.ENTERPRISE,
                        World.REGION,
                        null,
                        nodes,
                        false,
                        Instant.now()));
        List<String> wanted =
                IntStream.range(0, nodes + TOO_MANY).mapToObj(_ -> Ids.node()).toList();
        List<String> admitted = admittedOf(wanted, restarts, random);
        var found = new ArrayList<String>();
        if (admitted.size() != nodes) {
            found.add("I12: %d nodes were admitted, and %d may be".formatted(admitted.size(), nodes));
        }
        if (!harness.allBecome(admitted, "running")) {
            found.add("I4: not all nodes run; steps " + harness.stores().steps());
        }
        exactly(admitted, found);
        found.addAll(harness.violationsOnceQuiet());
        for (String id : admitted) {
            harness.life().send(NodeCommands.delete(id, Ids.task(), false));
        }
        if (!harness.allBecome(admitted, "deleted")) {
            found.add("I4: not all nodes are deleted; steps " + harness.stores().steps());
        }
        exactly(List.of(), found);
        found.addAll(harness.violationsOnceQuiet());
        return found;
    }

    private List<String> admittedOf(List<String> wanted, int restarts, Random random) throws InterruptedException {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Optional<String>>>();
            for (String id : wanted) {
                answers.add(callers.submit((Callable<Optional<String>>) () -> ask(id)));
            }
            for (int i = 0; i < restarts; i++) {
                Thread.sleep(random.nextInt(LONGEST_PAUSE));
                server.restartImmediately();
            }
            var admitted = new ArrayList<String>();
            for (Future<Optional<String>> answer : answers) {
                answer.get().ifPresent(admitted::add);
            }
            return admitted;
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Asks until there is an answer; a caller who got none looks whether the node is there before he asks again. */
    private Optional<String> ask(String id) throws InterruptedException {
        while (true) {
            try {
                if (!harness.stores().stream(id).isEmpty()
                        || harness.life().send(NodeCommands.provision(id)).orElseThrow()
                                instanceof ProvisionAnswer.Admitted) {
                    return Optional.of(id);
                }
                return Optional.empty();
            } catch (RuntimeException unanswered) {
                Thread.sleep(PAUSE_OF_CALLERS);
            }
        }
    }

    /** These nodes and no others are live, and the same amount is held for each. */
    private void exactly(List<String> nodes, List<String> found) {
        String stream = "workspace:" + NodeCommands.WORKSPACE;
        var workspace = WorkspaceStory.of(stream, harness.stores().stream(stream));
        var expected = new HashSet<>(nodes);
        if (!workspace.live().keySet().equals(expected)
                || !workspace.holds().keySet().equals(expected)) {
            found.add("I11: %d nodes are live and credits are held for %d, of %d"
                    .formatted(workspace.live().size(), workspace.holds().size(), nodes.size()));
        }
        List<BigDecimal> amounts =
                workspace.holds().values().stream().distinct().toList();
        if (amounts.size() > 1) {
            found.add("I11: different amounts are held for equal nodes: " + amounts);
        }
    }
}
