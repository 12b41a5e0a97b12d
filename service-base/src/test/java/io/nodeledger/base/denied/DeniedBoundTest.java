package io.nodeledger.base.denied;

import static io.nodeledger.base.denied.DeniedLogTest.attempt;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class DeniedBoundTest {
    private final DeniedBound bound = new DeniedBound(3);

    @Test
    void a_days_first_attempts_are_rows_and_the_others_share_rows_that_double() {
        var rows = LongStream.range(0, 100)
                .map(_ -> bound.rowFor(attempt("mallory", "ws-1")))
                .filter(attempts -> attempts > 0);

        assertThat(rows).containsExactly(1L, 1L, 1L, 3L, 6L, 12L, 24L, 48L);
    }

    @Test
    void every_caller_workspace_and_day_has_a_bound_of_its_own() {
        for (int i = 0; i < 5; i++) {
            bound.rowFor(attempt("mallory", "ws-1"));
        }

        assertThat(bound.rowFor(attempt("mallory", "ws-1"))).isEqualTo(3);
        assertThat(bound.rowFor(attempt("trudy", "ws-1"))).isEqualTo(1);
        assertThat(bound.rowFor(attempt("mallory", "ws-2"))).isEqualTo(1);
        assertThat(bound.rowFor(attempt("mallory", "ws-1", Duration.ofDays(1)))).isEqualTo(1);
    }
}
