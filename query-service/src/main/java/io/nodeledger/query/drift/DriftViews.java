package io.nodeledger.query.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** The shapes in which the API shows drift. */
public final class DriftViews {
    private DriftViews() {}

    /**
     * A part of the list, and how the comparison itself is doing.
     *
     * @param data differences, the newest first
     * @param regions every region that is compared
     */
    public record Listed(List<Item> data, List<Region> regions) {}

    /**
     * One difference.
     *
     * @param id its place in the list
     * @param action {@code none}: people have to; {@code repaired}; {@code held_back}: the breaker is open
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Item(
            long id,
            String kind,
            String region,
            @Nullable String nodeId,
            @Nullable String workspaceId,
            @Nullable Integer vmId,
            @Nullable String host,
            @Nullable String kubernetesName,
            String detail,
            Instant firstSeenAt,
            Instant lastSeenAt,
            String action) {}

    /**
     * How a region's comparison is doing.
     *
     * @param lastPassAt when it last came to its end; absent until it has
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Region(String region, @Nullable Instant lastPassAt, Breaker breaker) {}

    /**
     * What keeps an outage from being taken for the truth.
     *
     * @param state {@code closed}, or {@code open} while nothing is put right
     * @param heldBack changes that it holds back
     */
    @JsonNaming(SnakeCaseStrategy.class)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Breaker(
            String state, @Nullable String reason, @Nullable Instant since, int heldBack) {}
}
