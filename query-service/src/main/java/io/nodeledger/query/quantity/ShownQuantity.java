package io.nodeledger.query.quantity;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Quantities as the contract shows them: cores and Gi, with at most one decimal. */
public final class ShownQuantity {
    private static final BigDecimal GIBI = BigDecimal.valueOf(1L << 30);
    private static final int MILLI = 3;

    private ShownQuantity() {}

    /** The quantity of a resource in the contract's unit, rounded; what is not a quantity stays as it is. */
    public static String of(String resource, String printed) {
        return Quantity.parse(printed)
                .map(Quantity::amount)
                .map(amount -> switch (resource) {
                    case "cpu" -> plain(amount.setScale(1, RoundingMode.HALF_UP));
                    case "memory" -> plain(amount.divide(GIBI, 1, RoundingMode.HALF_UP)) + "Gi";
                    default -> printed;
                })
                .orElse(printed);
    }

    /** Room for work in cores; rounded down, so that what is shown is there. */
    public static String roomOfCores(long milliCpu) {
        return plain(BigDecimal.valueOf(milliCpu, MILLI).setScale(1, RoundingMode.DOWN));
    }

    /** Room in Gi of so many bytes; rounded down, so that what is shown is there. */
    public static String roomOfBytes(long bytes) {
        return plain(BigDecimal.valueOf(bytes).divide(GIBI, 1, RoundingMode.DOWN)) + "Gi";
    }

    private static String plain(BigDecimal amount) {
        return amount.stripTrailingZeros().toPlainString();
    }
}
