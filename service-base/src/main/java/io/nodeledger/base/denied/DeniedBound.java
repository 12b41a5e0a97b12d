package io.nodeledger.base.denied;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.nodeledger.base.security.DeniedAttempt;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps a flood of denied requests from filling the disk: a day's first attempts of a caller are rows of their own, later ones
 * share rows, each of which stands for as many as there were before. So a day's rows of a caller are hardly more than the
 * first ones, however often the caller tries.
 */
final class DeniedBound {
    /** Some ten megabytes at the worst. */
    private static final int MOST_CALLERS = 100_000;

    private record Key(String workspaceId, String actor, LocalDate day) {}

    private final long first;
    private final Cache<Key, AtomicLong> counts = Caffeine.newBuilder()
            .maximumSize(MOST_CALLERS)
            .expireAfterWrite(Duration.ofHours(25))
            .build();

    DeniedBound(long first) {
        this.first = first;
    }

    /** For how many attempts a row stands that is written now; 0 when none is to be written. */
    long rowFor(DeniedAttempt attempt) {
        var key = new Key(
                attempt.workspaceId(),
                attempt.actor(),
                attempt.at().atZone(ZoneOffset.UTC).toLocalDate());
        long count = counts.get(key, _ -> new AtomicLong()).incrementAndGet();
        if (count <= first) {
            return 1;
        }
        boolean doubled = count % first == 0 && Long.bitCount(count / first) == 1;
        return doubled ? count / 2 : 0;
    }
}
