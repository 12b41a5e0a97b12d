package io.nodeledger.query.cost.meter;

import io.nodeledger.events.metering.MeterPoint;
import io.nodeledger.events.metering.MeterReading;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;

/**
 * What a meter said when the month of its last change began, and when the month before did. Bills begin there, and so
 * don't look for it among the points.
 *
 * @param month beginning of the month of the last change, UTC
 * @param atMonth the reading then
 * @param atMonthBefore the reading a month earlier
 */
record MonthReadings(Instant month, MeterReading atMonth, MeterReading atMonthBefore) {
    static final MonthReadings NEW = new MonthReadings(Instant.EPOCH, MeterReading.ZERO, MeterReading.ZERO);

    Instant monthBefore() {
        return start(month(month).minusMonths(1));
    }

    /** The readings of a meter that begins: nothing. */
    MonthReadings begun(Instant at) {
        return new MonthReadings(start(month(at)), MeterReading.ZERO, MeterReading.ZERO);
    }

    /**
     * The readings once something has changed.
     *
     * @param last the point before the change
     */
    MonthReadings changed(MeterPoint last, Instant at) {
        Instant current = start(month(at));
        if (!current.isAfter(month)) {
            return this;
        }
        Instant before = start(month(at).minusMonths(1));
        return new MonthReadings(
                current, last.readingAt(current), before.equals(month) ? atMonth : last.readingAt(before));
    }

    /** The readings once it is known that nothing was metered after a moment. */
    MonthReadings cut(Instant end, MeterReading last) {
        return new MonthReadings(
                month, month.isAfter(end) ? last : atMonth, monthBefore().isAfter(end) ? last : atMonthBefore);
    }

    private static YearMonth month(Instant moment) {
        return YearMonth.from(moment.atZone(ZoneOffset.UTC));
    }

    private static Instant start(YearMonth month) {
        return month.atDay(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
