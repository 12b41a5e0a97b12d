package io.nodeledger.provisioner.kubernetes.node;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.nodeledger.provisioner.kubernetes.watch.Watched;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * One watch on the platform's nodes in a cluster, shared by all steps that wait for one of them and by who observes them
 * all: two hundred machines that boot at once cost the API server one connection, and each wait ends with the event it
 * waits for. It may lag or be cut off, so whoever waits asks the API server itself before acting.
 */
public final class NodeWatch implements AutoCloseable {
    private final ConcurrentHashMap<String, CompletableFuture<Void>> changes = new ConcurrentHashMap<>();
    private final Watched<Node> nodes;

    public NodeWatch(KubernetesClient client) {
        this.nodes = new Watched<>(() -> client.nodes().withLabel(NodeContract.NODE_ID_LABEL), new Wake());
    }

    /** All of the platform's nodes; empty until they have been listed. */
    public Optional<Watched.Seen<Node>> seen() {
        return nodes.seen();
    }

    /**
     * Waits until the watched node is as wanted.
     *
     * @return the node, or nothing when the time was up
     */
    public Optional<Node> await(String name, Predicate<Node> wanted, Duration atMost) throws InterruptedException {
        long end = System.nanoTime() + atMost.toNanos();
        while (true) {
            var change = changes.computeIfAbsent(name, _ -> new CompletableFuture<>());
            var node = nodes.get(name);
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

    /** Begins to watch anew; who waits goes on waiting. */
    public void renew() {
        nodes.renew();
    }

    @Override
    public void close() {
        nodes.close();
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
