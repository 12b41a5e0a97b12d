package io.nodeledger.base.ratelimit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.Map;

/** The buckets of whoever asked lately. One that was left alone for two windows is full again, and is forgotten. */
final class LocalBuckets {
    /** Some tens of megabytes at the worst, when as many addresses ask as can. */
    private static final int MOST = 100_000;

    /**
     * Whose bucket it is.
     *
     * @param owner subject, workspace or address
     */
    record Key(String quota, String owner) {}

    private final Cache<Key, LocalBucket> buckets;

    LocalBuckets(Duration window) {
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MOST)
                .expireAfterAccess(window.multipliedBy(2))
                .build();
    }

    /** The owner's bucket of the quota. */
    LocalBucket of(Quota quota, String owner) {
        return buckets.get(new Key(quota.name(), owner), _ -> new LocalBucket(quota));
    }

    Map<Key, LocalBucket> all() {
        return buckets.asMap();
    }
}
