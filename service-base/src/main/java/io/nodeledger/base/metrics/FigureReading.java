package io.nodeledger.base.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Has all figures of this instance read. Those that can't be read keep no others from it. */
final class FigureReading {
    private final Supplier<List<Figures>> all;
    private volatile long readAt = System.nanoTime();

    FigureReading(Supplier<List<Figures>> all, MeterRegistry meters) {
        this.all = all;
        Gauge.builder("nodeledger.figures.age.seconds", this, FigureReading::age)
                .description("How long ago all figures that the database knows could be read")
                .register(meters);
    }

    void read() {
        @Nullable RuntimeException failed = null;
        for (Figures each : all.get()) {
            try {
                each.read();
            } catch (RuntimeException failure) {
                failed = together(failed, failure);
            }
        }
        if (failed != null) {
            throw failed;
        }
        readAt = System.nanoTime();
    }

    private static RuntimeException together(@Nullable RuntimeException first, RuntimeException next) {
        if (first == null) {
            return next;
        }
        if (!first.equals(next)) {
            first.addSuppressed(next);
        }
        return first;
    }

    private double age() {
        return Duration.ofNanos(System.nanoTime() - readAt).toMillis() / 1000.0;
    }
}
