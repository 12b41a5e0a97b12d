package io.nodeledger.provisioner.proxmox.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Looks at every region again and again, at each in a thread of its own, so that one that hangs keeps no other waiting.
 * Closing it interrupts the looks that are under way.
 */
public final class EveryRegion implements AutoCloseable {
    private final ScheduledExecutorService threads;
    private final List<Future<?>> rounds = new ArrayList<>();

    private EveryRegion(int regions, String name) {
        threads = Executors.newScheduledThreadPool(
                Math.max(1, regions), Thread.ofVirtual().name(name + "-", 0).factory());
    }

    /**
     * Begins at once, or after a pause.
     *
     * @param first before the first look
     * @param pause from the end of a look to the next one
     * @param look deals with its own failures: one that gets out of it ends the looks at that region
     */
    public static EveryRegion looking(
            ProxmoxRegions regions, String name, Duration first, Duration pause, Consumer<ProxmoxRegion> look) {
        var every = new EveryRegion(regions.all().size(), name);
        regions.all()
                .forEach(region -> every.rounds.add(every.threads.scheduleWithFixedDelay(
                        () -> look.accept(region), first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS)));
        return every;
    }

    @Override
    public void close() {
        rounds.forEach(round -> round.cancel(true));
        threads.shutdownNow();
    }
}
