package io.nodeledger.provisioner.proxmox.placement;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How full hosts may get, {@code nodeledger.placement.*}.
 *
 * @param cpuOvercommit virtual CPUs for each real one
 * @param memoryReserveGb GiB of each host that are never given to machines
 * @param sampleEvery how often a region's room is measured
 */
@ConfigurationProperties("nodeledger.placement")
public record PlacementSettings(
        @DefaultValue("4") double cpuOvercommit,
        @DefaultValue("1") int memoryReserveGb,
        @DefaultValue("5s") Duration sampleEvery) {
    public PlacementSettings {
        if (!(cpuOvercommit > 0 && cpuOvercommit <= 100)) {
            throw new IllegalArgumentException(
                    "nodeledger.placement.cpu-overcommit must be above 0 and 100 at most, for example 4, but is "
                            + cpuOvercommit);
        }
        if (memoryReserveGb < 0) {
            throw new IllegalArgumentException(
                    "nodeledger.placement.memory-reserve-gb must not be negative, for example 1, but is "
                            + memoryReserveGb);
        }
        if (sampleEvery.toMillis() < 100) {
            throw new IllegalArgumentException(
                    "nodeledger.placement.sample-every must be at least 100ms, for example 5s, but is " + sampleEvery);
        }
    }
}
