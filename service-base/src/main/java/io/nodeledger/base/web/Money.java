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
}
