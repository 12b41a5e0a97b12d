package io.nodeledger.provisioner.proxmox.placement;

import io.nodeledger.events.node.NodeSpecs;

/** What a machine takes from its host. Bytes are what the plan calls GiB. */
public record MachineSize(int cores, long memoryBytes, long storageBytes) {
    private static final long GIB = 1L << 30;

    public static MachineSize of(NodeSpecs specs) {
        return new MachineSize(specs.cpuCores(), specs.memoryGb() * GIB, specs.storageGb() * GIB);
    }
}
