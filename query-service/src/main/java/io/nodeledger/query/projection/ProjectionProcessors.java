package io.nodeledger.query.projection;

import io.nodeledger.base.wakeup.Subscription;
import io.nodeledger.base.wakeup.Wakeups;
import io.nodeledger.query.projection.ProcessorFactory.RunningProcessor;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps this instance's processors in line with the generations that the database names: starts those of new
 * generations, stops those of retired ones, and looks after a rebuild until it is over.
 */
final class ProjectionProcessors implements SmartLifecycle {
    /** Channel on which a change of generations is announced. */
    static final String GENERATIONS = "query/generations";

    private static final Logger LOG = LoggerFactory.getLogger(ProjectionProcessors.class);
    private static final long REBUILD_CHECK_MILLIS = 200;
    private static final Duration LONGEST_STOP = Duration.ofSeconds(5);

    private final List<ReadModel> models;
    private final Generations generations;
    private final GenerationSwitch rebuilds;
    private final ProcessorFactory factory;
    private final Wakeups wakeups;
    private final Duration idleCheck;
    private final Map<String, RunningProcessor> running = new HashMap<>();
    private final Semaphore wakings = new Semaphore(0);
    private @Nullable Subscription subscription;
    private @Nullable Thread keeper;
    private boolean stopped;

    ProjectionProcessors(
            List<ReadModel> models,
            Generations generations,
            GenerationSwitch rebuilds,
            ProcessorFactory factory,
            Wakeups wakeups,
            Duration idleCheck) {
        this.models = models;
        this.generations = generations;
        this.rebuilds = rebuilds;
        this.factory = factory;
        this.wakeups = wakeups;
        this.idleCheck = idleCheck;
    }

    @Override
    public synchronized void start() {
        if (keeper != null) {
            return;
        }
        stopped = false;
        models.forEach(rebuilds::ensureActive);
        align(generations.all());
        subscription = wakeups.listen(GENERATIONS, wakings::release);
        keeper = Thread.ofVirtual().name("projection-keeper").start(this::keep);
    }

    @Override
    public void stop() {
        var ending = stopProcessors();
        if (ending == null) {
            return;
        }
        wakings.release();
        try {
            if (!ending.join(LONGEST_STOP)) {
                LOG.warn("The watch over generations of read models is stuck in the database; interrupting it");
                ending.interrupt();
            }
        } catch (InterruptedException e) {
            ending.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private synchronized @Nullable Thread stopProcessors() {
        stopped = true;
        if (subscription != null) {
            subscription.close();
            subscription = null;
        }
        running.values().forEach(RunningProcessor::stop);
        running.clear();
        var ending = keeper;
        keeper = null;
        return ending;
    }

    @Override
    public synchronized boolean isRunning() {
        return keeper != null;
    }

    /** Before the web server opens, so that the views exist when the first read comes. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void keep() {
        boolean rebuilding = true;
        try {
            while (isRunning()) {
                wakings.tryAcquire(rebuilding ? REBUILD_CHECK_MILLIS : idleCheck.toMillis(), TimeUnit.MILLISECONDS);
                wakings.drainPermits();
                rebuilding = isRunning() && tend();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether there is a rebuild to look after. */
    private boolean tend() {
        try {
            var busy = false;
            var known = generations.all();
            for (var model : models) {
                busy |= rebuilds.advance(model, known);
            }
            align(busy ? generations.all() : known);
            return busy;
        } catch (RuntimeException e) {
            LOG.warn("Could not look after the generations of read models; trying again", e);
            return false;
        }
    }

    private synchronized void align(List<Generation> known) {
        if (stopped) {
            return;
        }
        var wanted = new HashSet<String>();
        for (var generation : known) {
            var model = models.stream()
                    .filter(candidate -> candidate.name().equals(generation.readModel()))
                    .findFirst();
            if (generation.isFilled() && model.isPresent()) {
                wanted.add(generation.processorName());
                running.computeIfAbsent(
                        generation.processorName(), _ -> factory.start(model.get(), generation.number()));
            }
        }
        running.entrySet().removeIf(entry -> {
            if (wanted.contains(entry.getKey())) {
                return false;
            }
            entry.getValue().stop();
            return true;
        });
    }
}
