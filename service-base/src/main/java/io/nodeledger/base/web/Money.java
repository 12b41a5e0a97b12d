package io.nodeledger.base.web;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Money as the API shows it: decimal USD with two decimals, rounded half-up once, at the edge. Only where a caller acts on a
 * figure it is rounded so that acting on it is enough.
 */
public final class Money {
    private Money() {}

    /** The amount with exactly two decimals. */
    public static BigDecimal shown(BigDecimal exact) {
        return exact.setScale(2, RoundingMode.HALF_UP);
    }

    /** What somebody has to pay: never less than the exact amount. */
    static BigDecimal toPay(BigDecimal exact) {
        return exact.setScale(2, RoundingMode.CEILING);
    }

    /** What somebody may spend: never more than the exact amount. */
    static BigDecimal toSpend(BigDecimal exact) {
        return exact.setScale(2, RoundingMode.FLOOR);
    }

    /** USD per hour: a rate may be finer than a cent, it is never shown coarser. */
    public static BigDecimal rate(BigDecimal perHour) {
        var rate = perHour.stripTrailingZeros();
        return rate.scale() < 2 ? shown(rate) : rate;
    }
}
