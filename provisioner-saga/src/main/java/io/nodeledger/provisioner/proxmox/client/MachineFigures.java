package io.nodeledger.provisioner.proxmox.client;

import org.jspecify.annotations.Nullable;

/**
 * What one machine does, as the list of its cluster's resources tells it. Counters begin at zero when the machine's process
 * is started.
 *
 * @param tags separated by semicolons
 * @param cores virtual CPUs
 * @param cpu the share of all of them that is in use, 0 to 1
 * @param memoryBytes RAM in use, as seen from outside
 * @param memoryTotalBytes RAM
 * @param receivedBytes counter of bytes that came in by network
 * @param sentBytes counter of bytes that went out by network
 * @param uptimeSeconds since its process was started
 */
public record MachineFigures(
        int vmId,
        String host,
        @Nullable String tags,
        double cores,
        double cpu,
        long memoryBytes,
        long memoryTotalBytes,
        long receivedBytes,
        long sentBytes,
        long uptimeSeconds) {}
