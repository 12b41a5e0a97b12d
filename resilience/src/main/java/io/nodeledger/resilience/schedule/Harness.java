package io.nodeledger.resilience.schedule;

import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.resilience.check.Checker;
import io.nodeledger.resilience.check.NodeStory;
import io.nodeledger.resilience.check.Providers.Machine;
import io.nodeledger.resilience.check.Stores;
import io.nodeledger.resilience.crash.CrashPoint;
import io.nodeledger.resilience.world.Life;
import io.nodeledger.resilience.world.NodeCommands;
import io.nodeledger.resilience.world.World;
import io.nodeledger.testing.TestDatabase;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A world with a workspace in it that can afford everything, the instance that lives in it now, and the checker. */
public final class Harness implements AutoCloseable {
    /** How long anything may take; far more than it does, also on a busy machine. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration QUIET = Duration.ofSeconds(30);
    private static final int LOOK_MILLIS = 10;
    private static final int FOREIGN_ID = 100_010;

    private final World world;
    private final Checker checker;
    private final List<String> settings;
    private Life life;

    private Harness(World world, Checker checker, List<String> settings) {
        this.world = world;
        this.checker = checker;
        this.settings = settings;
        this.life = world.begin(settings);
    }

    /**
     * Makes the world, with a machine in it that is somebody else's.
     *
     * @param settings what is to be other than in most runs, as {@code --key=value}
     */
    public static Harness in(Path folder, TestDatabase database, String... settings) throws IOException {
        var world = World.start(folder, database);
        var checker = new Checker(world);
        checker.providers().makeForeignMachine(FOREIGN_ID, "somebody-elses");
        checker.rememberForeignMachines();
        var harness = new Harness(world, checker, List.of(settings));
        Instant now = Instant.now();
        harness.life.send(new PutWorkspace(
                NodeCommands.WORKSPACE, WorkspacePlan.ENTERPRISE, World.REGION, null, null, false, now));
        harness.life.send(new GrantCredits(NodeCommands.WORKSPACE, new BigDecimal("1000000"), null, now));
        return harness;
    }

    /** What outlives the instances. */
    public World world() {
        return world;
    }

    /** The instance that lives now. */
    public Life life() {
        return life;
    }

    /** What is stored. */
    public Stores stores() {
        return checker.stores();
    }

    /** From here on these nodes are none of the product's business: what there is of them may not be touched. */
    void disown(List<String> nodeIds) {
        checker.disown(nodeIds);
    }

    /** Join tokens of these nodes may be left over while they run, but no longer. */
    void expectTokensLeft(List<String> nodeIds) {
        checker.expectTokensLeft(nodeIds);
    }

    /** The node's seed is left over in the end, and that is no violation. */
    void expectSeedLeft(String nodeId) {
        checker.expectSeedLeft(nodeId);
    }

    /** What machines there are. */
    List<Machine> machines() {
        return checker.providers().machines();
    }

    /** The notes of the backups that there are, by their volumes' names. */
    Map<String, String> backups() {
        return checker.providers().backups();
    }

    /** Lets the instance stop as it does when it is told to, or buries it when it has crashed; nobody lives then. */
    void stop() {
        life.close();
    }

    /** Starts an instance after {@link #stop}. */
    void begin() {
        life = world.begin(settings);
    }

    /** Buries the instance and starts another one, which is to crash at the point in its turn. */
    void restart(@Nullable CrashPoint next) {
        stop();
        begin();
        life.crashes().arm(next);
    }

    /**
     * Waits until nothing is under way any more; the last rows go shortly after the last event.
     *
     * @return what is not as it has to be even then
     */
    public List<String> violationsOnceQuiet() throws InterruptedException {
        long end = System.nanoTime() + QUIET.toNanos();
        List<String> found = checker.violations();
        while (!found.isEmpty() && System.nanoTime() < end) {
            Thread.sleep(LOOK_MILLIS * 5);
            found = checker.violations();
        }
        return found;
    }

    /** Waits until all the nodes have come to a status; says whether they did. */
    boolean allBecome(List<String> nodeIds, String status) throws InterruptedException {
        return until(
                () -> nodeIds.stream()
                        .allMatch(id ->
                                NodeStory.of(id, stores().stream(id)).status().equals(status)),
                () -> {});
    }

    /** Does something again and again, with short pauses, until something holds; says whether it came to hold. */
    boolean until(Condition condition, Runnable meanwhile) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                return false;
            }
            meanwhile.run();
            Thread.sleep(LOOK_MILLIS);
        }
        return true;
    }

    /** Something that is to come true. */
    @FunctionalInterface
    interface Condition {
        boolean holds();
    }

    @Override
    public void close() throws IOException {
        life.close();
        checker.close();
        world.close();
    }
}
