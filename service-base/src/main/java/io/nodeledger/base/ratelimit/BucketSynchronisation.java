package io.nodeledger.base.ratelimit;

import io.nodeledger.base.background.RepeatedTask;
import org.springframework.context.SmartLifecycle;

/** Runs {@link SharedBuckets} beside the requests. Without the database each instance counts for itself. */
final class BucketSynchronisation implements SmartLifecycle {
    private final RepeatedTask sharing;
    private final RepeatedTask forgetting;

    BucketSynchronisation(SharedBuckets shared, RateLimitSettings settings) {
        sharing = new RepeatedTask("sharing of rate limits", settings.synchronise(), shared::synchronise);
        forgetting = new RepeatedTask(
                "forgetting of rate limits", settings.window(), () -> shared.forget(settings.window()));
    }

    @Override
    public void start() {
        sharing.start();
        forgetting.start();
    }

    @Override
    public void stop() {
        sharing.stop();
        forgetting.stop();
    }

    @Override
    public boolean isRunning() {
        return sharing.isRunning();
    }
}
