package io.nodeledger.query.allocation;

import java.util.Comparator;
import java.util.List;

/**
 * The answer to a request.
 *
 * @param places nodes of which each fits the whole request, the best first
 * @param available what all nodes that the scheduler would consider have left together
 */
record Allocation(List<Place> places, Amounts available) {
    private static final Comparator<Place> BEST_FIRST = Comparator.comparingInt(Place::score)
            .thenComparingLong(place -> place.free().milliCpu())
            .thenComparingLong(place -> place.free().memoryBytes())
            .reversed()
            .thenComparing(place -> place.node().nodeId());

    /**
     * A node that fits the request.
     *
     * @param score 0 to 100, how evenly it would be loaded then
     */
    record Place(Candidate node, int score) {
        Amounts free() {
            return node.room().free();
        }
    }

    static Allocation of(AllocationRequest request, List<Candidate> candidates) {
        var asked = request.resources();
        var considered =
                candidates.stream().filter(node -> node.admits(request)).toList();
        return new Allocation(
                considered.stream()
                        .filter(node -> node.room().takes(asked))
                        .map(node -> new Place(node, node.room().evennessWith(asked)))
                        .sorted(BEST_FIRST)
                        .toList(),
                considered.stream().map(node -> node.room().free()).reduce(Amounts.NONE, Amounts::plus));
    }
}
