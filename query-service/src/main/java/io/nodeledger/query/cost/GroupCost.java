package io.nodeledger.query.cost;

import io.nodeledger.events.metering.MeterReading;
import java.math.BigDecimal;

/** What a workspace's nodes of one plan in one region were billed for. */
record GroupCost(
        String workspaceId, String planId, String region, int nodes, MeterReading metered, BigDecimal rateAtEnd)
        implements Billed {}
