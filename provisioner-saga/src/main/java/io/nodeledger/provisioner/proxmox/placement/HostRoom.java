package io.nodeledger.provisioner.proxmox.placement;

/**
 * What a host has left for new machines. Amounts may be negative on an overfull host.
 *
 * @param storage the storage that root disks go to
 * @param shared whether other hosts use the same storage
 * @param machines how many machines of ours or others are on it
 */
public record HostRoom(
        String host,
        String storage,
        boolean shared,
        int machines,
        int freeCores,
        long freeMemoryBytes,
        long freeStorageBytes) {
    /** Whether a machine of this size finds room. */
    public boolean fits(MachineSize size) {
        return size.cores() <= freeCores
                && size.memoryBytes() <= freeMemoryBytes
                && size.storageBytes() <= freeStorageBytes;
    }
}
