package io.nodeledger.provisioner.telemetry;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How machines are sampled, {@code nodeledger.telemetry.*}.
 *
 * @param sampleInterval pause between two samples of all machines of a region, which cost its Proxmox cluster one call
 * @param detailInterval pause between two looks at what has to be asked for machine by machine: storage, disk operations
 *     and packets
 * @param parallelDetails how many machines of a region are asked for details at a time
 * @param keepSamples how long samples are kept
 * @param keepMinutes how long averages of a minute are kept
 * @param keepQuarters how long averages of a quarter of an hour are kept
 * @param keepHours how long averages of an hour are kept
 */
@ConfigurationProperties("nodeledger.telemetry")
public record TelemetrySettings(
        @DefaultValue("15s") Duration sampleInterval,
        @DefaultValue("2m") Duration detailInterval,
        @DefaultValue("8") int parallelDetails,
        @DefaultValue("26h") Duration keepSamples,
        @DefaultValue("3d") Duration keepMinutes,
        @DefaultValue("40d") Duration keepQuarters,
        @DefaultValue("400d") Duration keepHours) {
    private static final Duration SHORTEST = Duration.ofMillis(200);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration LONGEST_CALL = Duration.ofSeconds(15);
    private static final int MOST_PARALLEL = 64;

    public TelemetrySettings {
        within("sample-interval", sampleInterval, SHORTEST, LONGEST);
        within("detail-interval", detailInterval, SHORTEST, LONGEST);
        if (parallelDetails < 1 || parallelDetails > MOST_PARALLEL) {
            throw new IllegalArgumentException(
                    "nodeledger.telemetry.parallel-details must be between 1 and 64, but is " + parallelDetails);
        }
        // Each is read up to the period that the coarser one takes over from, and folded into it before it goes.
        within("keep-samples", keepSamples, Duration.ofHours(2), Duration.ofDays(31));
        within("keep-minutes", keepMinutes, Duration.ofHours(25), Duration.ofDays(366));
        within("keep-quarters", keepQuarters, Duration.ofDays(2), Duration.ofDays(3660));
        within("keep-hours", keepHours, Duration.ofDays(8), Duration.ofDays(3660));
    }

    /** How long a region is one instance's own after each of its samples, even when a call hangs in between. */
    Duration turn() {
        return sampleInterval.multipliedBy(2).plus(LONGEST_CALL);
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("nodeledger.telemetry." + name + " must be between " + least + " and "
                    + most + ", but is " + value);
        }
    }
}
