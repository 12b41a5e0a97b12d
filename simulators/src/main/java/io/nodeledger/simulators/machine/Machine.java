package io.nodeledger.simulators.machine;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A virtual machine as its guest operating system finds it at boot.
 *
 * @param vmId the hypervisor's id, unique in its cluster
 * @param name the virtual machine's name
 * @param host the hypervisor host it runs on
 * @param cores virtual CPUs
 * @param memoryBytes RAM in bytes
 * @param diskBytes size of the root disk in bytes
 * @param userData the cloud-init user-data of the attached NoCloud seed, absent when no valid seed is attached
 * @param macAddress the first network card's address
 * @param privateAddress IPv4 address of the private network
 * @param publicAddress IPv4 address of the public network
 * @param bootedAt when this boot ended
 */
public record Machine(
        int vmId,
        String name,
        String host,
        int cores,
        long memoryBytes,
        long diskBytes,
        @Nullable String userData,
        String macAddress,
        String privateAddress,
        String publicAddress,
        Instant bootedAt) {}
