package io.nodeledger.query.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A quantity as Kubernetes reads it (source: apimachinery, {@code resource.Quantity}): what is finer than a billionth
 * is rounded up, away from zero, and one in powers of two ends at 2^63 - 1. Two are equal when amount and notation are.
 *
 * @param amount exact
 * @param notation how it was written, which decides how it is printed
 */
public record Quantity(BigDecimal amount, Notation notation) {
    /** Longer than anything that makes sense, and short enough to cost nothing. */
    private static final int LONGEST = 64;

    private static final Pattern SHAPE = Pattern.compile(
            "([+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+))(?:([KMGTPE]i)|[eE]([+-]?0*[0-9]{1,3})|([numkMGTPE]))?");
    private static final int FINEST = 9;
    private static final int MILLI = 3;
    private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);

    public Quantity {
        amount = amount.stripTrailingZeros();
    }

    /**
     * The quantity that a text stands for.
     *
     * @return nothing when it is none by Kubernetes' grammar, or is so long that reading it could cost something
     */
    public static Optional<Quantity> parse(String text) {
        var parts = SHAPE.matcher(text);
        if (text.length() > LONGEST || !parts.matches()) {
            return Optional.empty();
        }
        var number = new BigDecimal(parts.group(1));
        @Nullable String binary = parts.group(2);
        @Nullable String exponent = parts.group(3);
        @Nullable String decimal = parts.group(4);
        if (binary != null) {
            return Optional.of(binary(number.multiply(Suffixes.binary(binary))));
        }
        return Optional.of(
                exponent == null
                        ? new Quantity(
                                representable(number.scaleByPowerOfTen(Suffixes.decimal(decimal))), Notation.DECIMAL_SI)
                        : new Quantity(
                                representable(number.scaleByPowerOfTen(Integer.parseInt(exponent))),
                                Notation.DECIMAL_EXPONENT));
    }

    private static Quantity binary(BigDecimal amount) {
        var capped = representable(amount).min(MOST).max(MOST.negate());
        boolean fraction = capped.signum() != 0 && capped.abs().compareTo(BigDecimal.ONE) < 0;
        return new Quantity(capped, fraction ? Notation.DECIMAL_SI : Notation.BINARY_SI);
    }

    private static BigDecimal representable(BigDecimal amount) {
        return amount.scale() > FINEST ? amount.setScale(FINEST, RoundingMode.UP) : amount;
    }

    /** As Kubernetes prints it: no fraction, and the largest suffix that loses nothing. */
    public String canonical() {
        return notation.print(amount);
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    /** Thousandths of the unit, rounded up; the greatest or least {@code long} when there are more. */
    public long milli() {
        return bounded(amount.movePointRight(MILLI));
    }

    /** Whole units, rounded up; the greatest or least {@code long} when there are more. */
    public long whole() {
        return bounded(amount);
    }

    private static long bounded(BigDecimal amount) {
        return amount.min(MOST)
                .max(BigDecimal.valueOf(Long.MIN_VALUE))
                .setScale(0, RoundingMode.CEILING)
                .longValueExact();
    }
}
