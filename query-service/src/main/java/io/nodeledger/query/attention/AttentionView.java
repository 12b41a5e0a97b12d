package io.nodeledger.query.attention;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Something that a person has to look at.
 *
 * @param kind {@code given_up}: the operation ended, and the node is in error until somebody deletes it again;
 *     {@code held}: the operation is driven on from the node's stream, although something of ours keeps failing;
 *     {@code stuck}: a transition goes on trying, and nothing comes of it
 * @param nodeId absent of a transition, which is about a whole workspace
 * @param workspaceId absent when no read model knows the node
 * @param step at which the operation was given up
 * @param failures how often what is held has failed
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AttentionView(
        String kind,
        String operationId,
        @Nullable String nodeId,
        @Nullable String workspaceId,
        @Nullable String name,
        @Nullable String region,
        @Nullable String step,
        String code,
        String reason,
        @Nullable Integer failures,
        Instant since) {}
