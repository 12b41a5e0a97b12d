package io.nodeledger.events.transition;

import java.math.BigDecimal;

/**
 * A node that a transition makes or takes away.
 *
 * @param hourlyRate what was agreed for it, USD per hour while it runs
 */
public record TransitionNode(String nodeId, String name, String planId, String region, BigDecimal hourlyRate) {}
