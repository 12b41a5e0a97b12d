package io.nodeledger.base.process;

import java.time.Duration;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/** The first thing that happens at the end: whoever routes requests is told, and has the time to hear it. */
final class DrainDelay implements SmartLifecycle {
    private final ApplicationContext context;
    private final Duration delay;
    private volatile boolean running;

    DrainDelay(ApplicationContext context, Duration delay) {
        this.context = context;
        this.delay = delay;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        stop(() -> {});
    }

    @Override
    public void stop(Runnable done) {
        running = false;
        AvailabilityChangeEvent.publish(context, ReadinessState.REFUSING_TRAFFIC);
        Thread.ofVirtual().name("drain-delay").start(() -> {
            try {
                Thread.sleep(delay);
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            } finally {
                done.run();
            }
        });
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
