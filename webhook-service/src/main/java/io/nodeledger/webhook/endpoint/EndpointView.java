package io.nodeledger.webhook.endpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An endpoint in the API (source: API decisions, "Webhook endpoint").
 *
 * @param events words of the events that are sent; absent for all
 * @param nodeLabels only of nodes with these; absent for all
 * @param disabledReason {@code gone} or {@code failing} where the system has disabled it
 * @param secret only in the answer that made it
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record EndpointView(
        String id,
        String url,
        @Nullable List<String> events,
        @Nullable Map<String, String> nodeLabels,
        @Nullable String description,
        boolean enabled,
        @Nullable String disabledReason,
        Instant createdAt,
        Instant updatedAt,
        @Nullable String secret) {

    static EndpointView of(Endpoint endpoint, @Nullable String secret) {
        var target = endpoint.target();
        return new EndpointView(
                endpoint.id(),
                target.url(),
                target.eventTypes().isEmpty() ? null : target.eventTypes(),
                target.nodeLabels().isEmpty() ? null : target.nodeLabels(),
                target.description(),
                endpoint.enabled(),
                endpoint.disabledReason(),
                endpoint.createdAt(),
                endpoint.updatedAt(),
                secret);
    }
}
