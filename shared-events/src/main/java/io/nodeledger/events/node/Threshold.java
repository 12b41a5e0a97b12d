package io.nodeledger.events.node;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How much of a resource a node may use, and how long more of it, before that is told.
 *
 * @param percentage of all that the node has of the resource; one decimal (source: API decisions, "Identifiers, names, units")
 * @param forSeconds how long it must have been exceeded, and afterwards clearly no longer been
 */
public record Threshold(BigDecimal percentage, int forSeconds) {
    /** Of one form, so that 90 and 90.0 are the same setting. */
    public Threshold {
        percentage = percentage.setScale(1, RoundingMode.UNNECESSARY);
    }
}
