package io.nodeledger.query.quantity;

import java.math.BigDecimal;

/** How a quantity was written, and so is printed. */
public enum Notation {
    /** {@code 100m}, {@code 2}, {@code 5G}. */
    DECIMAL_SI,
    /** {@code 512Mi}; amounts below 1024 and fractions are printed as {@link #DECIMAL_SI}, which loses nothing. */
    BINARY_SI,
    /** {@code 5e9}. */
    DECIMAL_EXPONENT;

    private static final BigDecimal KIBI = BigDecimal.valueOf(1024);
    private static final int POWERS_BETWEEN = 3;

    /** The canonical form. */
    String print(BigDecimal amount) {
        if (amount.signum() == 0) {
            return "0";
        }
        if (this == BINARY_SI && amount.abs().compareTo(KIBI) >= 0 && isWhole(amount)) {
            return Suffixes.inPowersOf1024(amount.toBigIntegerExact());
        }
        return decimal(amount.stripTrailingZeros());
    }

    private String decimal(BigDecimal amount) {
        int power = Math.floorDiv(-amount.scale(), POWERS_BETWEEN) * POWERS_BETWEEN;
        String number = amount.scaleByPowerOfTen(-power).toBigIntegerExact().toString();
        if (this != DECIMAL_EXPONENT) {
            return number + Suffixes.ofPowerOfTen(power);
        }
        return power == 0 ? number : number + "e" + power;
    }

    private static boolean isWhole(BigDecimal amount) {
        return amount.stripTrailingZeros().scale() <= 0;
    }
}
