package io.nodeledger.webhook.delivery;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A delivery in the API (source: API decisions, "Webhook endpoint").
 *
 * @param eventId the same in Kafka, in the audit and in the header {@code webhook-id}
 * @param origin {@code live}, {@code test}, or the id of the replay that it belongs to
 * @param status {@code pending}, {@code delivered}, {@code failed} (given up) or {@code cancelled} (the endpoint was disabled)
 * @param attempts the first one first
 * @param nextAttemptAt while there is a next one
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record DeliveryView(
        String id,
        String eventId,
        String type,
        String origin,
        String status,
        List<Attempt> attempts,
        @Nullable Instant nextAttemptAt) {}
