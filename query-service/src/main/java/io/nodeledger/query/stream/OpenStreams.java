package io.nodeledger.query.stream;

import io.nodeledger.base.web.ApiError;
import io.nodeledger.base.web.ApiException;
import io.nodeledger.base.web.ErrorCode;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Counts the streams of this instance, so that nobody keeps others from theirs. */
final class OpenStreams {
    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    private final StreamSettings settings;
    private final Map<String, Integer> byCaller = new HashMap<>();
    private int all;

    OpenStreams(StreamSettings settings) {
        this.settings = settings;
    }

    /**
     * Takes a place.
     *
     * @throws ApiException 429 when the caller has as many as one may have, 503 when the instance has
     */
    synchronized void open(String callerId) {
        if (all >= settings.atOnce()) {
            throw new ApiException(ApiError.unavailable(TRY_AGAIN));
        }
        if (byCaller.getOrDefault(callerId, 0) >= settings.perCaller()) {
            throw new ApiException(new ApiError(
                            ErrorCode.RATE_LIMIT_EXCEEDED,
                            "Too many streams are open",
                            Map.of(
                                    "limit", settings.perCaller(),
                                    "window", "open streams",
                                    "retry_after", TRY_AGAIN.toSeconds()))
                    .retryAfter(TRY_AGAIN));
        }
        byCaller.merge(callerId, 1, Integer::sum);
        all++;
    }

    /** How many are open. */
    synchronized int all() {
        return all;
    }

    synchronized void close(String callerId) {
        byCaller.computeIfPresent(callerId, (_, count) -> count > 1 ? count - 1 : null);
        all--;
    }
}
