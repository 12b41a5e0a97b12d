package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.base.tracing.Carried;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Reads side by side, so that together they take hardly longer than the longest of them. */
final class Reads implements AutoCloseable {
    private static final int READERS = 8;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore free = new Semaphore(READERS);

    <T> Future<T> read(Callable<T> call) {
        return threads.submit(Carried.by(() -> {
            free.acquire();
            try {
                return call.call();
            } finally {
                free.release();
            }
        }));
    }

    /** @throws KubernetesClientException what the read failed with */
    static <T> T get(Future<T> read) throws InterruptedException {
        try {
            return read.get();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof KubernetesClientException unanswered) {
                throw unanswered;
            }
            throw new IllegalStateException("A read failed in an unforeseen way", failure.getCause());
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        threads.close();
    }
}
