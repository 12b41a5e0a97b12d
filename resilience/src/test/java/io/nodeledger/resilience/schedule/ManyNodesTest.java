package io.nodeledger.resilience.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.resilience.check.Providers.Machine;
import io.nodeledger.resilience.world.ForkedLife;
import io.nodeledger.resilience.world.NodeCommands;
import io.nodeledger.resilience.world.World;
import io.nodeledger.testing.PostgresServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many nodes at once, and what kills whole processes; {@code ./nodeledger bench crash restarts} kills PostgreSQL more often
 * and under more nodes.
 */
class ManyNodesTest {
    private static final int LIMIT = 50;
    private static final int CALLERS = 60;

    @TempDir
    private Path folder;

    /** Case 1: Proxmox VE hands the same next id to all who ask; the ids must not come from there. */
    @Test
    void case01FiftyProvisionsAtOnceMakeFiftyMachinesAndTheLimitHolds() throws Exception {
        try (var harness = Harness.in(folder, PostgresServer.newDatabase())) {
            // given
            harness.life()
                    .send(new PutWorkspace(
                            NodeCommands.WORKSPACE,
                            WorkspacePlan.ENTERPRISE,
                            World.REGION,
                            null,
                            LIMIT,
                            false,
                            Instant.now()));
            List<String> ids = Stream.generate(Ids::node).limit(CALLERS).toList();

            // when
            List<Object> answers = atOnce(ids.stream()
                    .<Callable<Object>>map(id -> () ->
                            harness.life().send(NodeCommands.provision(id)).orElseThrow())
                    .toList());

            // then
            assertThat(answers)
                    .filteredOn(ProvisionAnswer.Admitted.class::isInstance)
                    .hasSize(LIMIT);
            List<String> admitted = IntStream.range(0, CALLERS)
                    .filter(i -> answers.get(i) instanceof ProvisionAnswer.Admitted)
                    .mapToObj(ids::get)
                    .toList();
            assertThat(harness.allBecome(admitted, "running")).isTrue();
            assertThat(harness.violationsOnceQuiet()).isEmpty();
            assertThat(harness.machines()).extracting(Machine::name).containsAll(admitted);

            // when
            atOnce(admitted.stream()
                    .<Callable<Object>>map(id -> () -> harness.life()
                            .send(NodeCommands.delete(id, Ids.task(), false))
                            .orElseThrow())
                    .toList());

            // then
            assertThat(harness.allBecome(admitted, "deleted")).isTrue();
            assertThat(harness.violationsOnceQuiet()).isEmpty();
        }
    }

    @Test
    void aDatabaseThatIsKilledAgainAndAgainLosesNothing() throws Exception {
        try (var server = PostgresServer.durable();
                var harness = Harness.in(folder, server.createDatabase())) {
            assertThat(new RestartRuns(harness, server).run(30, 3, 7)).isEmpty();
        }
    }

    @Test
    void aProcessThatIsKilledAgainAndAgainFinishesItsWork() throws Exception {
        try (var harness = Harness.in(folder, PostgresServer.newDatabase())) {
            // given
            harness.stop();
            List<String> ids = Stream.generate(Ids::node).limit(6).toList();
            var random = new Random(11);

            // when
            var life = harness.world().fork();
            for (String id : ids) {
                assertThat(life.send("provision " + id)).isPresent();
            }
            life = killedAndStartedAgain(harness, life, random);
            life = killedAndStartedAgain(harness, life, random);
            assertThat(harness.allBecome(ids, "running")).isTrue();
            for (String id : ids) {
                assertThat(life.send("delete " + id)).isPresent();
            }
            life = killedAndStartedAgain(harness, life, random);

            // then
            assertThat(harness.allBecome(ids, "deleted")).isTrue();
            life.kill();
            harness.begin();
            assertThat(harness.violationsOnceQuiet()).isEmpty();
        }
    }

    private static ForkedLife killedAndStartedAgain(Harness harness, ForkedLife life, Random random)
            throws IOException, InterruptedException {
        Thread.sleep(200 + random.nextInt(1200));
        life.kill();
        return harness.world().fork();
    }

    private static List<Object> atOnce(List<Callable<Object>> calls) throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Object>();
            for (Future<Object> answer : callers.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        }
    }
}
