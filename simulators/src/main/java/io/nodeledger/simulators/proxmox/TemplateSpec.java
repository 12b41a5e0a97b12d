package io.nodeledger.simulators.proxmox;

/**
 * The template that machines are cloned from, made when the data directory is new.
 *
 * @param vmId its id
 * @param name its name
 * @param host the host it is registered on
 * @param storage the storage of its disk
 * @param diskBytes size of its root disk {@code scsi0} in bytes
 * @param cores virtual CPUs
 * @param memoryMib RAM in MiB
 * @param tags Proxmox tags, separated by semicolons; clones get them too
 */
public record TemplateSpec(
        int vmId, String name, String host, String storage, long diskBytes, int cores, int memoryMib, String tags) {}
