package io.nodeledger.base.web;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Money as the API shows it: decimal USD with two decimals, rounded half-up once, at the edge. */
public final class Money {
    private Money() {}

    /** The amount with exactly two decimals. */
    public static BigDecimal shown(BigDecimal exact) {
        return exact.setScale(2, RoundingMode.HALF_UP);
    }

    /** USD per hour: a rate may be finer than a cent, it is never shown coarser. */
    public static BigDecimal rate(BigDecimal perHour) {
        var rate = perHour.stripTrailingZeros();
        return rate.scale() < 2 ? shown(rate) : rate;
    }
}
