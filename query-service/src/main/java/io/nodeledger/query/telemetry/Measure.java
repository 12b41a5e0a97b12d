package io.nodeledger.query.telemetry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Measured values in the contract's units, with one decimal (source: API decisions, "Identifiers, names, units"). */
public final class Measure {
    private static final double HUNDRED = 100;
    private static final double GIBI = 1 << 30;
    private static final double BYTES_OF_A_MEGABIT = 125_000;

    private Measure() {}

    /** A share as a percentage. */
    public static BigDecimal percentage(double share) {
        return rounded(Math.clamp(share, 0, 1) * HUNDRED);
    }

    /** A share that may be unknown. */
    public static @Nullable BigDecimal percentageOrNull(@Nullable Double share) {
        return share == null ? null : percentage(share);
    }

    /** Bytes in GiB. */
    public static BigDecimal gigabytes(double bytes) {
        return rounded(bytes / GIBI);
    }

    /** Bytes that may be unknown. */
    public static @Nullable BigDecimal gigabytesOrNull(@Nullable Long bytes) {
        return bytes == null ? null : gigabytes(bytes);
    }

    /** Bytes per second in megabits per second. */
    public static @Nullable BigDecimal megabitsOrNull(@Nullable Double bytesPerSecond) {
        return bytesPerSecond == null ? null : rounded(bytesPerSecond / BYTES_OF_A_MEGABIT);
    }

    /** A rate per second as a whole number. */
    public static @Nullable Long perSecondOrNull(@Nullable Double rate) {
        return rate == null ? null : Math.round(rate);
    }

    /** With one decimal. */
    public static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
    }
}
