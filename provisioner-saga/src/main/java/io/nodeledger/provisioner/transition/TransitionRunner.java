package io.nodeledger.provisioner.transition;

import io.nodeledger.base.background.RepeatedTask;
import io.nodeledger.provisioner.region.RegionTurns;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** Looks for due transitions while the application runs. */
final class TransitionRunner implements SmartLifecycle {
    private static final Logger log = LoggerFactory.getLogger(TransitionRunner.class);
    private static final Duration UNTIL_STOPPED = Duration.ofSeconds(12);

    private final TransitionDriver driver;
    private final RegionTurns turns;
    private final Duration pause;
    private final boolean soleInstance;
    private @Nullable RepeatedTask looks;
    private @Nullable ExecutorService threads;

    /**
     * A runner that has not begun.
     *
     * @param soleInstance whether turns that are held at the beginning are a dead instance's
     */
    TransitionRunner(TransitionDriver driver, RegionTurns turns, Duration pause, boolean soleInstance) {
        this.driver = driver;
        this.turns = turns;
        this.pause = pause;
        this.soleInstance = soleInstance;
    }

    @Override
    public synchronized void start() {
        if (soleInstance) {
            turns.releaseAll();
        }
        var begun = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("transition-", 0).factory());
        threads = begun;
        looks = new RepeatedTask("transitions", pause, () -> driver.look(begun::execute));
        looks.start();
    }

    /** Breaks off what is under way, and lets other instances go on. */
    @Override
    public synchronized void stop() {
        var looking = looks;
        var working = threads;
        looks = null;
        threads = null;
        if (looking == null || working == null) {
            return;
        }
        looking.stop();
        working.shutdownNow();
        try {
            // Whoever works on keeps what it has claimed until that ends by itself.
            if (working.awaitTermination(UNTIL_STOPPED.toMillis(), TimeUnit.MILLISECONDS)) {
                turns.release();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (DataAccessException unreachable) {
            log.debug("The turns of this instance end by themselves: {}", unreachable.getMessage());
        }
    }

    @Override
    public synchronized boolean isRunning() {
        return looks != null;
    }
}
