package io.nodeledger.provisioner.kubernetes.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.Informable;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.fabric8.kubernetes.client.informers.cache.ItemStore;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Objects of one kind in a cluster, listed once and watched from then on; the watch begins when it is first asked for.
 * It may lag or be cut off without a sign, so it can be begun anew.
 */
public final class Watched<T extends HasMetadata> implements AutoCloseable {
    private final Supplier<Informable<T>> objects;
    private final @Nullable ResourceEventHandler<T> handler;
    private final Supplier<? extends ItemStore<T>> stores;
    private final ReentrantLock starting = new ReentrantLock();
    private volatile @Nullable SharedIndexInformer<T> informer;
    private boolean closed;

    /**
     * Nothing is watched yet.
     *
     * @param handler told of each change, if any
     */
    public Watched(Supplier<Informable<T>> objects, @Nullable ResourceEventHandler<T> handler) {
        this(objects, handler, SlimStore::new);
    }

    /**
     * Nothing is watched yet.
     *
     * @param handler told of each change, if any
     * @param stores makes what each new watch keeps its objects in
     */
    public Watched(
            Supplier<Informable<T>> objects,
            @Nullable ResourceEventHandler<T> handler,
            Supplier<? extends ItemStore<T>> stores) {
        this.objects = objects;
        this.handler = handler;
        this.stores = stores;
    }

    /**
     * What was seen last.
     *
     * @param watch stands for the watch that saw it: another one after it was begun anew
     * @param version rises with each change that the API server tells, also when it only tells that nothing has changed
     */
    public record Seen<T>(Object watch, String version, List<T> objects) {
        /** Whether nothing at all was heard since an earlier look. */
        @SuppressWarnings("ReferenceEquality") // an informer is the same or it isn't
        public boolean isSilentSince(@Nullable Seen<T> earlier) {
            return earlier != null && earlier.watch == watch && earlier.version.equals(version);
        }
    }

    /** All objects; empty until they have been listed. */
    public Optional<Seen<T>> seen() {
        var running = started();
        return seen(running, () -> List.copyOf(running.getStore().list()));
    }

    /**
     * The same for a watch whose store keeps something else in place of the objects.
     *
     * @param kept what is in the store of the watch that runs now
     */
    public <K> Optional<Seen<K>> seen(Supplier<List<K>> kept) {
        return seen(started(), kept);
    }

    private static <K> Optional<Seen<K>> seen(SharedIndexInformer<?> running, Supplier<List<K>> kept) {
        String version = running.lastSyncResourceVersion();
        return running.hasSynced() && version != null
                ? Optional.of(new Seen<>(running, version, kept.get()))
                : Optional.empty();
    }

    /** Stands for the watch that is running: another one after it was begun anew, null until it has begun. */
    public @Nullable Object running() {
        return informer;
    }

    /** The object as seen last, if it was. */
    public @Nullable T get(String key) {
        return started().getStore().getByKey(key);
    }

    /** Stops, and begins anew at the next question, with a new list over a new connection. */
    public void renew() {
        starting.lock();
        try {
            var running = informer;
            if (running != null && !closed) {
                informer = null;
                running.stop();
            }
        } finally {
            starting.unlock();
        }
    }

    /** Stops for good; what was seen last can still be asked for. */
    @Override
    public void close() {
        starting.lock();
        try {
            closed = true;
            var running = informer;
            if (running != null) {
                running.stop();
            }
        } finally {
            starting.unlock();
        }
    }

    private SharedIndexInformer<T> started() {
        var running = informer;
        if (running != null) {
            return running;
        }
        starting.lock();
        try {
            running = informer;
            if (running == null) {
                if (closed) {
                    throw new IllegalStateException("The connection to the cluster is closed");
                }
                running = objects.get().runnableInformer(0);
                running.itemStore(stores.get());
                if (handler != null) {
                    running.addEventHandler(handler);
                }
                running.exceptionHandler((begun, failure) -> true);
                running.start();
                informer = running;
            }
            return running;
        } finally {
            starting.unlock();
        }
    }
}
