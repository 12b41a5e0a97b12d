package io.nodeledger.provisioner.proxmox.cluster;

import io.nodeledger.provisioner.proxmox.client.MachineConfig;

/** What was found under a node's recorded machine id. */
public sealed interface Sighting {
    /** Nothing, anywhere in the cluster. */
    record Absent() implements Sighting {}

    /**
     * The node's machine.
     *
     * @param host where it is now, which may not be where it was created
     */
    record Ours(String host, MachineConfig config) implements Sighting {}

    /** Somebody else's machine, which is never touched. */
    record Foreign(String host, String reason) implements Sighting {}

    /** A machine that is only just being cloned and does not say yet whose it is. */
    record Unmarked(String host) implements Sighting {}
}
