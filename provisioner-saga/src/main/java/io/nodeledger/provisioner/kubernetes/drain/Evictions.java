package io.nodeledger.provisioner.kubernetes.drain;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.base.tracing.Carried;
import io.nodeledger.provisioner.kubernetes.node.Deletions;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Asks for pods to go, a chunk at a time until the round is over, and at least one chunk, so that a round that began
 * late still gets on. Pods that it did not come to are missing from the answers. The order is another one each time, so that pods whose evictions hang don't keep the others from their turn.
 */
public final class Evictions {
    private final KubernetesClient client;
    private final int parallel;
    private final Runnable beforeChunk;
    private final long end;

    /**
     * Evictions through one cluster's client, in a round that begins now.
     *
     * @param client one that does not try again by itself: under a blocking budget it would hang
     * @param parallel how many calls may be under way at a time
     * @param round no chunk but the first begins later than this
     * @param beforeChunk checked before each chunk; what it throws ends the round
     */
    public Evictions(KubernetesClient client, int parallel, Duration round, Runnable beforeChunk) {
        this.client = client;
        this.parallel = parallel;
        this.beforeChunk = beforeChunk;
        this.end = System.nanoTime() + round.toNanos();
    }

    /** Evicts the pods, each with its own grace. */
    public Map<Pod, EvictionAnswer> evict(List<Pod> pods) throws InterruptedException {
        return all(pods, this::evict);
    }

    /** Deletes the records of pods that have run to their end. */
    Map<Pod, EvictionAnswer> remove(List<Pod> pods) throws InterruptedException {
        return all(pods, pod -> {
            Deletions.exactly(client, PodName.path(pod), pod);
            return new EvictionAnswer.Granted();
        });
    }

    /** Deletes pods whose kubelet can't do it any more, budgets or not. */
    public Map<Pod, EvictionAnswer> removeAtOnce(List<Pod> pods) throws InterruptedException {
        return all(pods, pod -> {
            Deletions.atOnce(client, PodName.path(pod), pod);
            return new EvictionAnswer.Granted();
        });
    }

    private EvictionAnswer evict(Pod pod) {
        var eviction = new EvictionBuilder()
                .withNewMetadata()
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .endMetadata()
                .withDeleteOptions(new DeleteOptionsBuilder()
                        .withNewPreconditions()
                        .withUid(pod.getMetadata().getUid())
                        .endPreconditions()
                        .build())
                .build();
        client.raw(PodName.path(pod) + "/eviction", "POST", eviction);
        return new EvictionAnswer.Granted();
    }

    private Map<Pod, EvictionAnswer> all(List<Pod> pods, Function<Pod, EvictionAnswer> call)
            throws InterruptedException {
        var order = new ArrayList<>(pods);
        Collections.shuffle(order);
        var answers = new LinkedHashMap<Pod, EvictionAnswer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int first = 0; first < order.size() && (first == 0 || System.nanoTime() < end); first += parallel) {
                beforeChunk.run();
                var asked = new LinkedHashMap<Pod, Future<EvictionAnswer>>();
                order.subList(first, Math.min(first + parallel, order.size()))
                        .forEach(pod -> asked.put(pod, threads.submit(Carried.by(guarded(() -> call.apply(pod))))));
                for (var entry : asked.entrySet()) {
                    answers.put(entry.getKey(), answer(entry.getValue()));
                }
            }
        }
        return answers;
    }

    /** Credentials that are not accepted are no answer about a pod: they end the round, and are read anew. */
    private static Callable<EvictionAnswer> guarded(Callable<EvictionAnswer> call) {
        return () -> {
            try {
                return call.call();
            } catch (KubernetesClientException failure) {
                if (failure.getCode() == HttpURLConnection.HTTP_UNAUTHORIZED) {
                    throw failure;
                }
                return EvictionAnswer.of(failure);
            }
        };
    }

    private static EvictionAnswer answer(Future<EvictionAnswer> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof KubernetesClientException unauthorised) {
                throw unauthorised;
            }
            throw new IllegalStateException("An eviction failed in an unforeseen way", failure.getCause());
        }
    }
}
