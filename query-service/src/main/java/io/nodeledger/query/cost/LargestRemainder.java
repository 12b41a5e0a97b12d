package io.nodeledger.query.cost;

import io.nodeledger.events.metering.MeterReading;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rounds money once, at the edge. A total is rounded half-up to cents. Its parts are rounded down, and the cents that are
 * missing go to the parts that lost most, in their order where they lost the same: so parts always sum to their total.
 */
final class LargestRemainder {
    /** USD per hour times milliseconds that make a cent. */
    private static final BigDecimal CENT = BigDecimal.valueOf(36_000);

    private LargestRemainder() {}

    /** The cents of a total. */
    static long cents(MeterReading total) {
        return total.rateMillis().divide(CENT, 0, RoundingMode.HALF_UP).longValueExact();
    }

    /**
     * The cents of each part.
     *
     * @param cents of all together: of the parts' sum, rounded up or down
     */
    static long[] shares(long cents, List<MeterReading> parts) {
        long[] shares = new long[parts.size()];
        BigDecimal[] remainders = new BigDecimal[parts.size()];
        long missing = cents;
        for (int i = 0; i < shares.length; i++) {
            BigDecimal part = parts.get(i).rateMillis();
            BigDecimal whole = part.divide(CENT, 0, RoundingMode.FLOOR);
            shares[i] = whole.longValueExact();
            remainders[i] = part.subtract(whole.multiply(CENT));
            missing -= shares[i];
        }
        if (missing < 0 || missing > shares.length) {
            throw new IllegalArgumentException(cents + " cents are not the sum of the parts");
        }
        IntStream.range(0, shares.length)
                .boxed()
                .sorted(Comparator.comparing((Integer i) -> remainders[i], Comparator.reverseOrder()))
                .limit(missing)
                .forEach(i -> shares[i]++);
        return shares;
    }

    /** Cents as the API shows money. */
    static BigDecimal shown(long cents) {
        return BigDecimal.valueOf(cents, 2);
    }
}
