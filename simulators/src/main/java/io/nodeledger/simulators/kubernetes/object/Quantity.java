package io.nodeledger.simulators.kubernetes.object;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/** Resource quantities: {@code 250m}, {@code 1.5}, {@code 512Mi}, {@code 2G}, {@code 1e3}. */
public final class Quantity {
    private static final Map<String, BigDecimal> SUFFIXES = Map.ofEntries(
            Map.entry("n", new BigDecimal("1e-9")),
            Map.entry("u", new BigDecimal("1e-6")),
            Map.entry("m", new BigDecimal("1e-3")),
            Map.entry("", BigDecimal.ONE),
            Map.entry("k", new BigDecimal("1e3")),
            Map.entry("M", new BigDecimal("1e6")),
            Map.entry("G", new BigDecimal("1e9")),
            Map.entry("T", new BigDecimal("1e12")),
            Map.entry("P", new BigDecimal("1e15")),
            Map.entry("E", new BigDecimal("1e18")),
            Map.entry("Ki", BigDecimal.valueOf(1L << 10)),
            Map.entry("Mi", BigDecimal.valueOf(1L << 20)),
            Map.entry("Gi", BigDecimal.valueOf(1L << 30)),
            Map.entry("Ti", BigDecimal.valueOf(1L << 40)),
            Map.entry("Pi", BigDecimal.valueOf(1L << 50)),
            Map.entry("Ei", BigDecimal.valueOf(1L << 60)));

    private Quantity() {}

    /** The amount in thousandths, rounded up as Kubernetes does; 0 for an empty text. */
    public static long milli(String text) {
        return parse(text).movePointRight(3).setScale(0, RoundingMode.CEILING).longValue();
    }

    /** The amount in whole units, rounded up. */
    public static long whole(String text) {
        return parse(text).setScale(0, RoundingMode.CEILING).longValue();
    }

    public static boolean valid(String text) {
        try {
            parse(text);
            return !text.isBlank();
        } catch (NumberFormatException notAQuantity) {
            return false;
        }
    }

    private static BigDecimal parse(String text) {
        if (text.isBlank()) {
            return BigDecimal.ZERO;
        }
        int end = text.length();
        while (end > 0 && Character.isLetter(text.charAt(end - 1))) {
            end--;
        }
        BigDecimal factor = SUFFIXES.get(text.substring(end));
        if (factor == null) {
            throw new NumberFormatException(
                    "quantities must match the regular expression of resource.Quantity: " + text);
        }
        return new BigDecimal(text.substring(0, end)).multiply(factor);
    }
}
