package io.nodeledger.provisioner.proxmox.client;

import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;

/**
 * Requests that are ended at a fixed time after they were made. A time-out alone does not do that: it begins anew with
 * every byte that a struggling server still sends.
 */
final class BoundedRequests extends HttpComponentsClientHttpRequestFactory {
    private final ScheduledExecutorService clock;
    private final Duration bound;

    BoundedRequests(HttpClient http, Duration answer, Duration bound, ScheduledExecutorService clock) {
        super(http);
        this.clock = clock;
        this.bound = bound;
        setReadTimeout(answer);
    }

    /** Ending a request that has its answer changes nothing; only its address is kept until then, not its body. */
    @Override
    protected void postProcessHttpRequest(ClassicHttpRequest request) {
        if (request instanceof Cancellable call) {
            var begun = new WeakReference<>(call);
            var _ = clock.schedule(() -> end(begun), bound.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private static void end(WeakReference<Cancellable> begun) {
        Cancellable call = begun.get();
        if (call != null) {
            call.cancel();
        }
    }
}
