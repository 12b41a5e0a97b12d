package io.nodeledger.provisioner.kubernetes.drain;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.provisioner.kubernetes.node.Deletions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** Asks for pods to go, all at once within a bound. */
final class Evictions {
    private final KubernetesClient client;
    private final int parallel;

    /**
     * Evictions through one cluster's client.
     *
     * @param client one that does not try again by itself
     * @param parallel how many calls may be under way at a time
     */
    Evictions(KubernetesClient client, int parallel) {
        this.client = client;
        this.parallel = parallel;
    }

    /** Evicts the pods, each with its own grace. */
    Map<Pod, EvictionAnswer> evict(List<Pod> pods) throws InterruptedException {
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
    Map<Pod, EvictionAnswer> removeAtOnce(List<Pod> pods) throws InterruptedException {
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
        var bound = new Semaphore(parallel);
        var asked = new LinkedHashMap<Pod, Future<EvictionAnswer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            pods.forEach(pod -> asked.put(pod, threads.submit(bounded(bound, () -> call.apply(pod)))));
            var answers = new LinkedHashMap<Pod, EvictionAnswer>();
            for (var entry : asked.entrySet()) {
                answers.put(entry.getKey(), answer(entry.getValue()));
            }
            return answers;
        }
    }

    private static Callable<EvictionAnswer> bounded(Semaphore bound, Callable<EvictionAnswer> call) {
        return () -> {
            bound.acquire();
            try {
                return call.call();
            } catch (KubernetesClientException failure) {
                return EvictionAnswer.of(failure);
            } finally {
                bound.release();
            }
        };
    }

    private static EvictionAnswer answer(Future<EvictionAnswer> asked) throws InterruptedException {
        try {
            return asked.get();
        } catch (ExecutionException failure) {
            throw new IllegalStateException("An eviction failed in an unforeseen way", failure.getCause());
        }
    }
}
