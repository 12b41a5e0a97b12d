package io.nodeledger.base.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FigureReadingTest {
    @Test
    void thoseThatFailKeepNoOthersFromBeingRead() {
        var read = new ArrayList<String>();
        Figures failing = () -> {
            throw new IllegalStateException("no such table");
        };
        var reading =
                new FigureReading(() -> List.of(failing, () -> read.add("second"), failing), new SimpleMeterRegistry());

        assertThatThrownBy(reading::read)
                .hasMessage("no such table")
                .satisfies(failure -> assertThat(failure.getSuppressed()).hasSizeLessThanOrEqualTo(1));
        assertThat(read).containsExactly("second");
    }
}
