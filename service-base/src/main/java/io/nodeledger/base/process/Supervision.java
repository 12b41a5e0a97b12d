package io.nodeledger.base.process;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Ends this process with the one that it belongs to, however that one ends. */
final class Supervision implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Supervision.class);

    private final long supervisor;
    private volatile boolean running;

    Supervision(long supervisor) {
        this.supervisor = supervisor;
    }

    @Override
    public void start() {
        running = true;
        ProcessHandle.of(supervisor)
                .ifPresentOrElse(
                        process -> {
                            var _ = process.onExit().thenRun(this::end);
                        },
                        this::end);
    }

    private void end() {
        if (running) {
            LOG.info("The process {} has ended, and so does this one", supervisor);
            // In a thread that the exit does not wait for.
            Thread.ofPlatform().name("supervision").daemon().start(() -> System.exit(0));
        }
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
