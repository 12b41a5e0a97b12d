package io.nodeledger.provisioner.telemetry;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What is kept of samples: as they were taken, and folded three times. Each is cut into partitions of a fixed width. */
enum Series {
    SAMPLE("sampled_at", Duration.ZERO, Duration.ofHours(1)),
    MINUTE("began_at", Duration.ofMinutes(1), Duration.ofDays(1)),
    QUARTER("began_at", Duration.ofMinutes(15), Duration.ofDays(7)),
    HOUR("began_at", Duration.ofHours(1), Duration.ofDays(28));

    private final String time;
    private final Duration step;
    private final Duration partition;

    Series(String time, Duration step, Duration partition) {
        this.time = time;
        this.step = step;
        this.partition = partition;
    }

    /** Its table in the schema {@code provisioner}. */
    String table() {
        return "telemetry_" + word();
    }

    /** Its name. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The column of time. */
    String time() {
        return time;
    }

    /** What one row of it stands for. */
    Duration step() {
        return step;
    }

    /** The time that one partition of it covers. */
    Duration partition() {
        return partition;
    }

    /**
     * What it is folded from.
     *
     * @throws IllegalStateException for samples, which are folded from nothing
     */
    Series source() {
        return switch (this) {
            case MINUTE -> SAMPLE;
            case QUARTER -> MINUTE;
            case HOUR -> QUARTER;
            case SAMPLE -> throw new IllegalStateException("Samples are taken, not folded");
        };
    }

    /** The beginning of the span of this width that a moment is in; spans are counted from the beginning of 1970, UTC. */
    static Instant floor(Instant moment, Duration width) {
        return Instant.ofEpochMilli(Math.floorDiv(moment.toEpochMilli(), width.toMillis()) * width.toMillis());
    }
}
