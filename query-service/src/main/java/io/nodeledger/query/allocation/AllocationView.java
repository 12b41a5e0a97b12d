package io.nodeledger.query.allocation;

import io.nodeledger.query.quantity.ShownQuantity;
import java.util.List;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * The answer in the shape of the API (source: contract, "Check Resource Allocation").
 *
 * @param unobservedNodes running nodes that can't be counted, because nothing current is known of them
 */
@JsonNaming(SnakeCaseStrategy.class)
public record AllocationView(
        boolean canAllocate, List<AvailableNode> availableNodes, Summary resourceSummary, int unobservedNodes) {

    /** What a node has left before the placement; cores and Gi, rounded down. */
    @JsonNaming(SnakeCaseStrategy.class)
    public record AvailableNode(
            String nodeId,
            String name,
            String availableCpu,
            String availableMemory,
            String availableStorage,
            int allocationScore) {}

    @JsonNaming(SnakeCaseStrategy.class)
    public record Summary(String totalAvailableCpu, String totalAvailableMemory, String totalAvailableStorage) {}

    static AllocationView of(Allocation allocation, int unobserved) {
        var total = allocation.available();
        return new AllocationView(
                !allocation.places().isEmpty(),
                allocation.places().stream().map(AllocationView::available).toList(),
                new Summary(
                        ShownQuantity.roomOfCores(total.milliCpu()),
                        ShownQuantity.roomOfBytes(total.memoryBytes()),
                        ShownQuantity.roomOfBytes(total.storageBytes())),
                unobserved);
    }

    private static AvailableNode available(Allocation.Place place) {
        var free = place.free();
        return new AvailableNode(
                place.node().nodeId(),
                place.node().name(),
                ShownQuantity.roomOfCores(free.milliCpu()),
                ShownQuantity.roomOfBytes(free.memoryBytes()),
                ShownQuantity.roomOfBytes(free.storageBytes()),
                place.score());
    }
}
