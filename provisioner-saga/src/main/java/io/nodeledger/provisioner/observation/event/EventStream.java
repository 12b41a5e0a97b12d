package io.nodeledger.provisioner.observation.event;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The events of a cluster's nodes from a moment on. It holds what was told and not taken yet, up to a bound; whoever
 * takes too little, or is cut off for longer than the cluster remembers, finds that it has ended and lists them again.
 * It keeps nothing else: events are many, and nobody asks for them here.
 */
final class EventStream implements Watcher<Event>, AutoCloseable {
    static final int MOST = 10_000;

    private final LinkedBlockingQueue<SeenEvent> told = new LinkedBlockingQueue<>(MOST);
    private final InstantSource clock;
    private volatile boolean ended;
    private volatile @Nullable Watch watch;

    /** Nobody tells it anything yet. */
    EventStream(InstantSource clock) {
        this.clock = clock;
    }

    /** Begins right after what a list of that version has. */
    static EventStream after(String version, KubernetesClient client, InstantSource clock) {
        var stream = new EventStream(clock);
        stream.watch = client.v1()
                .events()
                .inNamespace(EventPages.NAMESPACE)
                .watch(
                        new ListOptionsBuilder()
                                .withFieldSelector(EventPages.OF_NODES)
                                .withResourceVersion(version)
                                .build(),
                        stream);
        return stream;
    }

    /** Whether something may have been missed. */
    boolean hasEnded() {
        return ended;
    }

    /** Takes what has been told, some at a time; none when that was all. */
    List<SeenEvent> take(int atMost) {
        var some = new ArrayList<SeenEvent>();
        told.drainTo(some, atMost);
        return some;
    }

    @Override
    public void eventReceived(Action action, Event event) {
        if (action == Action.ADDED || action == Action.MODIFIED) {
            SeenEvent.of(event, clock.instant()).ifPresent(this::keep);
        }
    }

    private void keep(SeenEvent seen) {
        if (!told.offer(seen)) {
            ended = true;
        }
    }

    @Override
    public void onClose() {
        ended = true;
    }

    @Override
    public void onClose(WatcherException cutOff) {
        ended = true;
    }

    @Override
    public void close() {
        Watch begun = watch;
        if (begun != null) {
            begun.close();
        }
    }
}
