package io.nodeledger.events.node;

/**
 * The size of a node as its plan promises it.
 *
 * @param cpuCores virtual CPUs
 * @param memoryGb RAM in GiB
 * @param storageGb root disk in GiB
 * @param networkSpeed e.g. {@code 1Gbps}
 * @param architecture e.g. {@code x86_64}
 */
public record NodeSpecs(int cpuCores, int memoryGb, int storageGb, String networkSpeed, String architecture) {}
