package io.nodeledger.provisioner.kubernetes.drain;

import io.nodeledger.base.settings.SettingChecks;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How pods are moved away, {@code nodeledger.drain.*}.
 *
 * @param evictionRetry pause before a pod that a budget held back is asked again; kubectl's is 5 s
 * @param parallelEvictions evictions under way at a time, for each drained node
 * @param round no eviction begins later in a call of the step than this; the rest is left to the next call, so that an
 *     API server that hangs can't keep a call from ending within its lease
 */
@ConfigurationProperties("nodeledger.drain")
public record DrainSettings(
        @DefaultValue("5s") Duration evictionRetry,
        @DefaultValue("16") int parallelEvictions,
        @DefaultValue("2s") Duration round) {
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(5);

    public DrainSettings {
        new SettingChecks("nodeledger.drain").positive("eviction-retry", evictionRetry, "for example 5s");
        if (parallelEvictions < 1 || parallelEvictions > 256) {
            throw new IllegalArgumentException(
                    "nodeledger.drain.parallel-evictions must be between 1 and 256, but is " + parallelEvictions);
        }
        if (!round.isPositive() || round.compareTo(LONGEST_ROUND) > 0) {
            throw new IllegalArgumentException(
                    "nodeledger.drain.round must be positive and 5s at most, so that a call of the step ends within its"
                            + " lease, but is " + round);
        }
    }
}
