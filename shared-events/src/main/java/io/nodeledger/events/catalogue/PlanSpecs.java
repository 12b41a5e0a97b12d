package io.nodeledger.events.catalogue;

/**
 * The machine behind a plan.
 *
 * @param cpuCores virtual CPUs
 * @param cpuType their make, for people
 * @param memoryGb RAM in GiB
 * @param memoryType its kind, for people
 * @param storageGb root disk in GiB
 * @param storageType its kind, for people
 * @param networkSpeed for example {@code 1Gbps}
 * @param architecture for example {@code x86_64}
 */
public record PlanSpecs(
        int cpuCores,
        String cpuType,
        int memoryGb,
        String memoryType,
        int storageGb,
        String storageType,
        String networkSpeed,
        String architecture) {}
