package io.nodeledger.model.workspace;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the money for a charge comes from: what is available, then what is held for the nodes that are charged, and the
 * rest is owed (source: rulings 13). A node's hold pays for that node first, and only what is missing then for another one,
 * in the order of their ids. Money that comes back pays what is owed, and the rest of it is available again.
 *
 * @param fromAvailable negative when it comes back
 * @param fromHolds by node
 * @param owed negative when less is owed than before
 */
record Draw(BigDecimal fromAvailable, Map<String, BigDecimal> fromHolds, BigDecimal owed) {
    /**
     * Divides a charge.
     *
     * @param owed what is owed already
     * @param costs what each of the charged nodes cost
     */
    static Draw of(
            BigDecimal amount, BigDecimal available, BigDecimal owed, Map<String, BigDecimal> costs, LiveNodes nodes) {
        if (amount.signum() < 0) {
            BigDecimal lessOwed = owed.min(amount.negate());
            return new Draw(amount.add(lessOwed), Map.of(), lessOwed.negate());
        }
        BigDecimal fromAvailable = amount.min(available);
        var holds = new Holds(amount.subtract(fromAvailable));
        if (holds.missing.signum() > 0) {
            var charged = new TreeMap<>(costs);
            charged.values().removeIf(cost -> cost.signum() <= 0);
            charged.forEach((node, cost) -> holds.draw(node, cost.min(nodes.holdOf(node))));
            charged.keySet().forEach(node -> holds.draw(node, nodes.holdOf(node)));
        }
        return new Draw(fromAvailable, Collections.unmodifiableSortedMap(holds.drawn), holds.missing);
    }

    /** What was drawn on holds so far, and what is still missing. */
    private static final class Holds {
        private final SortedMap<String, BigDecimal> drawn = new TreeMap<>();
        private BigDecimal missing;

        Holds(BigDecimal missing) {
            this.missing = missing;
        }

        /** Draws on a node's hold until that much of it is drawn in all, or nothing is missing. */
        void draw(String node, BigDecimal most) {
            BigDecimal more =
                    most.subtract(drawn.getOrDefault(node, BigDecimal.ZERO)).min(missing);
            if (more.signum() > 0) {
                drawn.merge(node, more, BigDecimal::add);
                missing = missing.subtract(more);
            }
        }
    }
}
