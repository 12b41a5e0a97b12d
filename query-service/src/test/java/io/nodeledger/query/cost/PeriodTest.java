package io.nodeledger.query.cost;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.TimeZone;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bills know no clocks that are put forward or back: months are those of UTC, wherever the machine is. */
class PeriodTest {
    @ParameterizedTest
    @CsvSource({
        // zone, now, month's begin, hours of the whole month
        "Europe/Berlin, 2024-03-31T00:59:59.999Z, 2024-03-01T00:00:00Z, 744",
        "Europe/Berlin, 2024-03-31T01:00:00Z, 2024-03-01T00:00:00Z, 744",
        "Europe/Berlin, 2024-10-27T01:00:00Z, 2024-10-01T00:00:00Z, 744",
        "Europe/Berlin, 2024-03-31T23:30:00Z, 2024-03-01T00:00:00Z, 744",
        "America/New_York, 2024-11-03T06:00:00Z, 2024-11-01T00:00:00Z, 720",
        "America/New_York, 2024-03-10T07:00:00Z, 2024-03-01T00:00:00Z, 744",
        "Australia/Lord_Howe, 2024-02-29T14:00:00Z, 2024-02-01T00:00:00Z, 696",
        "Pacific/Apia, 2011-12-30T12:00:00Z, 2011-12-01T00:00:00Z, 744",
    })
    void aMonthIsThatOfUtcAlsoWhereClocksAreChanged(String zone, Instant now, Instant begin, long hours) {
        var former = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone(zone));
        try {
            var span = Period.CURRENT_MONTH.span(now);

            assertThat(span.from()).isEqualTo(begin);
            assertThat(span.to()).isEqualTo(now);
            assertThat(span.length().plus(Period.CURRENT_MONTH.rest(now))).isEqualTo(Duration.ofHours(hours));
        } finally {
            TimeZone.setDefault(former);
        }
    }
}
