package io.nodeledger.events.catalogue;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * What a plan costs from a moment on, until its next price.
 *
 * @param validFrom the first moment at which it counts; {@link Instant#MIN} for the price that a plan begins with
 * @param hourlyRate price of an hour while the node runs
 * @param stoppedRate price of an hour while it is stopped
 */
public record PlanPrice(Instant validFrom, BigDecimal hourlyRate, BigDecimal stoppedRate) {}
