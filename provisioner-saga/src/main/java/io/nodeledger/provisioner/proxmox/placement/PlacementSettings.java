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
        @DefaultValue("5s") Duration sampleEvery) {}
