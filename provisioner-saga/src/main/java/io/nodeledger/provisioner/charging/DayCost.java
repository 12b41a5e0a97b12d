package io.nodeledger.provisioner.charging;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What a workspace's nodes have cost.
 *
 * @param accrued from their beginning to the end of a day, USD
 * @param ofNodes on that day alone, for each node that cost anything
 */
record DayCost(BigDecimal accrued, Map<String, BigDecimal> ofNodes) {}
