package io.nodeledger.events.node;

import java.math.BigDecimal;

/**
 * What a workspace agrees to when it provisions a node: plan and price of that moment. A node keeps them for life.
 *
 * @param planId the catalogue's id
 * @param hourlyRate USD per hour while the node runs
 * @param stoppedRate USD per hour while it is stopped
 * @param specs the plan's size
 */
public record PlanTerms(String planId, BigDecimal hourlyRate, BigDecimal stoppedRate, NodeSpecs specs) {}
