package io.nodeledger.webhook.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * One try to deliver, as it is kept and shown (source: API decisions, "Webhook endpoint").
 *
 * @param status of HTTP; absent when there was no answer
 * @param error why there was none
 * @param responseExcerpt the beginning of the answer's body
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record Attempt(
        Instant at,
        @Nullable Integer status,
        long latencyMs,
        @Nullable String error,
        @Nullable String responseExcerpt) {

    private static final int TIMED_OUT = 408;
    private static final int GONE = 410;
    private static final int TOO_EARLY = 425;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;
    private static final int HUNDRED = 100;

    /** Any 2xx; redirects are failures. */
    boolean accepted() {
        return status != null && status / HUNDRED == 2;
    }

    /** The endpoint wants nothing any more. */
    boolean gone() {
        return status != null && status == GONE;
    }

    /** The endpoint was asked, and wants this event less than others, as far as it tells. */
    boolean refused() {
        return status != null
                && status / HUNDRED == 4
                && status != TIMED_OUT
                && status != TOO_EARLY
                && status != TOO_MANY;
    }

    /** What comes with such an answer in Retry-After is meant for everything that is sent to the endpoint. */
    boolean asksForRest() {
        return status != null && (status == TOO_MANY || status == UNAVAILABLE);
    }
}
