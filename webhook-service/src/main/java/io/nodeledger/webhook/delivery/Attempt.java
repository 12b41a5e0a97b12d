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

    private static final int GONE = 410;
    private static final int HUNDRED = 100;

    /** Any 2xx; redirects are failures. */
    boolean accepted() {
        return status != null && status / HUNDRED == 2;
    }

    /** The endpoint wants nothing any more. */
    boolean gone() {
        return status != null && status == GONE;
    }
}
