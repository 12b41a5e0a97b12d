package io.nodeledger.query.quantity;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The suffixes of quantities and what they stand for. */
final class Suffixes {
    private static final List<String> DECIMAL = List.of("n", "u", "m", "", "k", "M", "G", "T", "P", "E");
    private static final List<String> BINARY = List.of("", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei");
    private static final int FIRST_POWER = -9;
    private static final int POWERS_BETWEEN = 3;
    private static final int BITS_BETWEEN = 10;

    private Suffixes() {}

    /** The power of ten; a quantity without a suffix has null. */
    static int decimal(@Nullable String suffix) {
        return DECIMAL.indexOf(suffix == null ? "" : suffix) * POWERS_BETWEEN + FIRST_POWER;
    }

    /** The factor. */
    static BigDecimal binary(String suffix) {
        return new BigDecimal(BigInteger.ONE.shiftLeft(BINARY.indexOf(suffix) * BITS_BETWEEN));
    }

    /** The suffix of a power of ten that is a multiple of three; beyond the largest one it is an exponent. */
    static String ofPowerOfTen(int power) {
        int index = (power - FIRST_POWER) / POWERS_BETWEEN;
        return index < DECIMAL.size() ? DECIMAL.get(index) : "e" + power;
    }

    /** A number that is not zero, as a multiple of the largest power of 1024 that divides it. */
    static String inPowersOf1024(BigInteger number) {
        int power = Math.min(number.getLowestSetBit() / BITS_BETWEEN, BINARY.size() - 1);
        return number.shiftRight(power * BITS_BETWEEN) + BINARY.get(power);
    }
}
