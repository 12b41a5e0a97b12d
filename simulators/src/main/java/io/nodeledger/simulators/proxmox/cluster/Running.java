package io.nodeledger.simulators.proxmox.cluster;

import java.time.Instant;

/**
 * The process of a running machine, with the hardware it was started with.
 *
 * @param startedAt when the hypervisor started it
 * @param bootedAt when its guest is up
 * @param cores virtual CPUs
 * @param memoryBytes RAM in bytes
 * @param pid its process id
 */
public record Running(Instant startedAt, Instant bootedAt, int cores, long memoryBytes, long pid) {}
