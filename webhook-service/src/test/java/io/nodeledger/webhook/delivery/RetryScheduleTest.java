package io.nodeledger.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {
    private static final List<String> PAUSES =
            List.of("PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H");

    private final RetrySchedule schedule = new RetrySchedule(new Random(7));

    @Test
    void thereAreTenAttemptsEachPauseUpToATenthLonger() {
        for (int tries = 1; tries <= PAUSES.size(); tries++) {
            Duration planned = Duration.parse(PAUSES.get(tries - 1));
            assertThat(schedule.pauseAfter(tries, Duration.ZERO).orElseThrow())
                    .isBetween(planned, planned.plus(planned.dividedBy(10)));
        }
        assertThat(schedule.pauseAfter(10, Duration.ZERO)).isEmpty();
        assertThat(schedule.pauseAfter(10, Duration.ofHours(1))).isEmpty();
    }

    @Test
    void anEndpointMayAskForMoreTimeButNotForLess() {
        assertThat(schedule.pauseAfter(1, Duration.ofMinutes(1)).orElseThrow())
                .isBetween(Duration.ofMinutes(1), Duration.ofSeconds(61));
        assertThat(schedule.pauseAfter(2, Duration.ofSeconds(1)).orElseThrow())
                .isGreaterThanOrEqualTo(Duration.ofMinutes(5));
        assertThat(schedule.pauseAfter(1, Duration.ofDays(400)).orElseThrow()).isLessThan(Duration.ofHours(25));
    }
}
