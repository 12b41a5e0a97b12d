package io.nodeledger.query.projection;

import static io.nodeledger.query.projection.Generation.State.ACTIVE;
import static io.nodeledger.query.projection.Generation.State.BUILDING;
import static io.nodeledger.query.projection.Generation.State.RETIRED;

import io.nodeledger.base.wakeup.Wakeups;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Moves readers from one generation of a read model to the next.
 *
 * <p>The move itself holds the active generation's tokens, so that it stands still for the moment in which the new one
 * is compared with it: no reader ever sees less than it saw before.
 */
final class GenerationSwitch {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationSwitch.class);
    private static final Duration CLOSE = Duration.ofMillis(500);
    private static final long CLOSE_EVENTS = 500;

    private final Generations generations;
    private final TransactionTemplate transactions;
    private final Wakeups wakeups;
    private final Duration grace;

    /**
     * The switch over a database's generations.
     *
     * @param idleCheck how often an instance that misses every notice looks at the generations; what was left behind
     *     stays for twice that long, so that none is caught still filling or reading it
     */
    GenerationSwitch(Generations generations, TransactionTemplate transactions, Wakeups wakeups, Duration idleCheck) {
        this.generations = generations;
        this.transactions = transactions;
        this.wakeups = wakeups;
        this.grace = idleCheck.multipliedBy(2);
    }

    /** Makes the first generation where there is none; it is read while it fills. */
    void ensureActive(ReadModel model) {
        transactions.executeWithoutResult(_ -> {
            generations.lock(model);
            if (generations.in(ACTIVE, model) == null) {
                generations.activate(model, generations.create(model));
            }
        });
    }

    /** Begins a new generation; joins the one in the making when there is one. */
    void begin(ReadModel model) {
        transactions.executeWithoutResult(_ -> {
            generations.lock(model);
            if (generations.in(BUILDING, model) == null) {
                generations.create(model);
            }
            wakeups.signal(ProjectionProcessors.GENERATIONS);
        });
    }

    /**
     * Does what can be done now for a rebuild: switch when it has caught up, drop what was left behind.
     *
     * @param all the generations as they are now
     * @return whether there is more to do
     */
    boolean advance(ReadModel model, List<Generation> all) {
        var known = all.stream().filter(generation -> generation.isOf(model)).toList();
        if (known.stream().anyMatch(generation -> generation.state() == RETIRED)) {
            transactions.executeWithoutResult(_ -> {
                generations.lock(model);
                generations.dropRetired(model, grace);
            });
        }
        if (known.stream().anyMatch(generation -> generation.state() == BUILDING) && isClose(model)) {
            switchOver(model);
        }
        return known.size() > 1;
    }

    private boolean isClose(ReadModel model) {
        var building = generations.in(BUILDING, model);
        var active = generations.in(ACTIVE, model);
        if (building == null || active == null) {
            return false;
        }
        var reached = generations.progress(building.processorName());
        var lowest = reached.stream().mapToLong(TokenProgress::index).min();
        var highest = generations.progress(active.processorName()).stream()
                .mapToLong(TokenProgress::index)
                .max();
        return lowest.isPresent() && lowest.getAsLong() + CLOSE_EVENTS >= highest.orElse(-1);
    }

    private void switchOver(ReadModel model) {
        Boolean switched = transactions.execute(_ -> {
            generations.lock(model);
            var building = generations.in(BUILDING, model);
            var active = generations.in(ACTIVE, model);
            if (building == null || active == null) {
                return false;
            }
            var standing = generations.haltedProgress(active.processorName());
            var deadline = System.nanoTime() + CLOSE.toNanos();
            while (!TokenProgress.allCover(generations.progress(building.processorName()), standing)) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
            }
            generations.activate(model, building.number());
            wakeups.signal(ProjectionProcessors.GENERATIONS);
            return true;
        });
        if (Boolean.TRUE.equals(switched)) {
            LOG.info("Readers of the read model {} moved to its new generation", model.name());
        }
    }
}
