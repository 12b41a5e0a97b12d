package io.nodeledger.provisioner.kubernetes.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One watch on the platform's nodes in a cluster, shared by all steps that wait for one of them: two hundred machines
 * that boot at once cost the API server one connection, and each wait ends with the event it waits for. It may lag or
 * be cut off, so whoever waits asks the API server itself before acting.
 */
public final class NodeWatch implements AutoCloseable {
    private final KubernetesClient client;
    private final ConcurrentHashMap<String, CompletableFuture<Void>> changes = new ConcurrentHashMap<>();
    private final ReentrantLock starting = new ReentrantLock();
    private volatile @Nullable SharedIndexInformer<Node> informer;

    public NodeWatch(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Waits until the watched node is as wanted.
     *
     * @return the node, or nothing when the time was up
     */
    public Optional<Node> await(String name, Predicate<Node> wanted, Duration atMost) throws InterruptedException {
        var watched = started();
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            var change = changes.computeIfAbsent(name, _ -> new CompletableFuture<>());
            var node = watched.getStore().getByKey(name);
            if (node != null && wanted.test(node)) {
                forget(name, change);
                return Optional.of(node);
            }
            try {
                change.get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException timeUp) {
                forget(name, change);
                return Optional.empty();
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
    }

    @Override
    public void close() {
        var running = informer;
        if (running != null) {
            running.stop();
        }
    }

    private SharedIndexInformer<Node> started() {
        var running = informer;
        if (running != null) {
            return running;
        }
        starting.lock();
        try {
            running = informer;
            if (running == null) {
                running = client.nodes().withLabel(NodeContract.NODE_ID_LABEL).runnableInformer(0);
                running.addEventHandler(new Wake());
                running.exceptionHandler((begun, failure) -> true);
                running.start();
                informer = running;
            }
            return running;
        } finally {
            starting.unlock();
        }
    }

    private void forget(String name, CompletableFuture<Void> change) {
        changes.remove(name, change);
        change.complete(null);
    }

    private void wake(Node node) {
        var change = changes.remove(node.getMetadata().getName());
        if (change != null) {
            change.complete(null);
        }
    }

    private final class Wake implements ResourceEventHandler<Node> {
        @Override
        public void onAdd(Node node) {
            wake(node);
        }

        @Override
        public void onUpdate(Node before, Node now) {
            wake(now);
        }

        @Override
        public void onDelete(Node node, boolean lastStateUnknown) {
            wake(node);
        }
    }
}
