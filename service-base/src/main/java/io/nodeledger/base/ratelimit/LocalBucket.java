package io.nodeledger.base.ratelimit;

import io.github.bucket4j.Bucket;
import java.util.concurrent.atomic.AtomicLong;

/** What this instance lets pass of a quota for one caller, workspace or address. */
final class LocalBucket {
    private final Quota quota;
    private final Bucket tokens;
    private final AtomicLong untold = new AtomicLong();

    LocalBucket(Quota quota) {
        this.quota = quota;
        this.tokens = Bucket.builder()
                .addLimit(limit -> limit.capacity(quota.limit()).refillGreedy(quota.limit(), quota.window()))
                .build();
    }

    Quota quota() {
        return quota;
    }

    /** Takes one request, if there is one left. */
    Level take() {
        var probe = tokens.tryConsumeAndReturnRemaining(1);
        if (probe.isConsumed()) {
            untold.incrementAndGet();
        }
        return Level.of(quota, probe);
    }

    /** Returns one request that was taken: another quota had none left. */
    void giveBack() {
        tokens.addTokens(1);
        untold.decrementAndGet();
    }

    /** What was taken since the other instances were last told. */
    long untold() {
        return untold.get();
    }

    /**
     * Learns what is left after everybody's requests were put together.
     *
     * @param told how many of this instance's are among them
     * @param left may be negative, when more has passed than should have
     */
    void learn(long told, long left) {
        long mine = tokens.getAvailableTokens() + untold.addAndGet(-told);
        if (mine > left) {
            tokens.consumeIgnoringRateLimits(mine - left);
        }
    }
}
