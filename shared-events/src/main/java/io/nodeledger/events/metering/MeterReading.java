package io.nodeledger.events.metering;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;

/**
 * What a node has been billed for since its beginning. Exact: a cost is kept as USD per hour times milliseconds, which
 * is a whole number of the rate's last digit, and divided only where it is shown.
 *
 * @param rateMillis the sum of rate times milliseconds
 * @param runningMillis time at the hourly rate
 * @param stoppedMillis time at the stopped rate
 */
public record MeterReading(BigDecimal rateMillis, long runningMillis, long stoppedMillis) {
    /** Before anything was metered. */
    public static final MeterReading ZERO = new MeterReading(BigDecimal.ZERO, 0, 0);

    private static final BigDecimal MILLIS_PER_HOUR =
            BigDecimal.valueOf(Duration.ofHours(1).toMillis());

    MeterReading plus(BigDecimal rate, long running, long stopped) {
        return new MeterReading(
                rateMillis.add(rate.multiply(BigDecimal.valueOf(running + stopped))),
                runningMillis + running,
                stoppedMillis + stopped);
    }

    /** What was metered since an earlier reading. */
    public MeterReading since(MeterReading earlier) {
        return new MeterReading(
                rateMillis.subtract(earlier.rateMillis),
                runningMillis - earlier.runningMillis,
                stoppedMillis - earlier.stoppedMillis);
    }

    /** This and another node's. */
    public MeterReading and(MeterReading other) {
        return new MeterReading(
                rateMillis.add(other.rateMillis),
                runningMillis + other.runningMillis,
                stoppedMillis + other.stoppedMillis);
    }

    /** USD, exact to 34 digits. */
    public BigDecimal cost() {
        return rateMillis.divide(MILLIS_PER_HOUR, MathContext.DECIMAL128);
    }
}
