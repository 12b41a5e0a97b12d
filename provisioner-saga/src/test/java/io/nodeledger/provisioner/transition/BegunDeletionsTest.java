package io.nodeledger.provisioner.transition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A deletion that ends badly again and again is begun again ever more seldom. */
class BegunDeletionsTest {
    private static final Instant START = Instant.parse("2026-01-01T10:00:00Z");

    private final BegunDeletions begun = new BegunDeletions();

    @Test
    void theFirstOneIsBegunAtOnce() {
        assertThat(begun.contains("node-1")).isFalse();
        assertThat(begun.mayBegin("node-1", START)).isTrue();
    }

    @Test
    void eachPauseIsTwiceAsLongUpToTenMinutes() {
        Instant now = START;
        for (long pause : new long[] {5, 10, 20, 40, 80, 160, 320, 600, 600}) {
            begun.begin("node-1", now);
            now = now.plusSeconds(pause);
            assertThat(begun.mayBegin("node-1", now.minusMillis(1))).isFalse();
            assertThat(begun.mayBegin("node-1", now)).isTrue();
        }
        assertThat(begun.mayBegin("node-2", START)).isTrue();
    }

    @Test
    void whatIsGoneIsForgotten() {
        begun.begin("node-1", START);

        begun.forget("node-1");

        assertThat(begun.contains("node-1")).isFalse();
        assertThat(begun.mayBegin("node-1", START.plus(Duration.ofMillis(1)))).isTrue();
    }
}
