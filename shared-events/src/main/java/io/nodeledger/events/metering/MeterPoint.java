package io.nodeledger.events.metering;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

/**
 * A moment at which a node's rate changed, with the meter's reading. What a node costs between two moments is the
 * difference of two readings, however many changes lie between.
 *
 * @param at the moment, in milliseconds
 * @param metered as what the node is billed from then on
 * @param rate USD per hour from then on
 * @param reading what was metered until then
 * @param eventId the event that changed the rate
 */
public record MeterPoint(Instant at, Metered metered, BigDecimal rate, MeterReading reading, String eventId) {

    /** What will have been metered at a moment, if nothing changes until then; at an earlier one what was by here. */
    public MeterReading readingAt(Instant moment) {
        long millis = Math.max(0, Duration.between(at, moment).toMillis());
        return switch (metered) {
            case RUNNING -> reading.plus(rate, millis, 0);
            case STOPPED -> reading.plus(rate, 0, millis);
            case OFF -> reading;
        };
    }
}
