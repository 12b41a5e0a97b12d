package io.nodeledger.base.settings;

import io.nodeledger.events.node.NodeResource;
import java.math.BigDecimal;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Of what a node should not use more, {@code nodeledger.thresholds.*}, where neither it nor its workspace says otherwise.
 *
 * @param clearBelow percentage points below a threshold, whoever set it, at which it counts as no longer exceeded; at most
 *     half of the threshold, so that a low one can be cleared too
 */
@ConfigurationProperties("nodeledger.thresholds")
public record ThresholdSettings(
        @DefaultValue Cpu cpu,
        @DefaultValue Memory memory,
        @DefaultValue Storage storage,
        @DefaultValue("5") BigDecimal clearBelow) {
    private static final BigDecimal ALL = BigDecimal.valueOf(100);
    private static final BigDecimal TWO = BigDecimal.valueOf(2);

    public record Cpu(
            @DefaultValue("90") BigDecimal percentage,
            @DefaultValue("5m") Duration during) {}

    public record Memory(
            @DefaultValue("90") BigDecimal percentage,
            @DefaultValue("5m") Duration during) {}

    public record Storage(
            @DefaultValue("85") BigDecimal percentage,
            @DefaultValue("5m") Duration during) {}

    public ThresholdSettings {
        check("cpu", cpu.percentage(), cpu.during());
        check("memory", memory.percentage(), memory.during());
        check("storage", storage.percentage(), storage.during());
        if (clearBelow.signum() < 0 || clearBelow.compareTo(ALL) >= 0) {
            throw new IllegalArgumentException(
                    "nodeledger.thresholds.clear-below must be 0 to 99 percentage points, but is " + clearBelow);
        }
    }

    /** The percentage that is not to be exceeded. */
    public BigDecimal percentage(NodeResource resource) {
        return switch (resource) {
            case CPU -> cpu.percentage();
            case MEMORY -> memory.percentage();
            case STORAGE -> storage.percentage();
        };
    }

    /** How long it must have been exceeded, or no longer been, before that is told. */
    public Duration during(NodeResource resource) {
        return switch (resource) {
            case CPU -> cpu.during();
            case MEMORY -> memory.during();
            case STORAGE -> storage.during();
        };
    }

    /** The percentage down to which use must fall, so that the threshold counts as no longer exceeded. */
    public BigDecimal clearedAt(BigDecimal threshold) {
        return threshold.subtract(clearBelow.min(threshold.divide(TWO)));
    }

    private static void check(String name, BigDecimal percentage, Duration during) {
        if (percentage.signum() <= 0 || percentage.compareTo(ALL) > 0) {
            throw new IllegalArgumentException("nodeledger.thresholds." + name
                    + ".percentage must be above 0 and at most 100, but is " + percentage);
        }
        if (during.isNegative()) {
            throw new IllegalArgumentException(
                    "nodeledger.thresholds." + name + ".during must not be negative, but is " + during);
        }
    }
}
