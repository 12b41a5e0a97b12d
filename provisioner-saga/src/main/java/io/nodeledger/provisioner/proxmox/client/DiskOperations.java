package io.nodeledger.provisioner.proxmox.client;

/** Counters over all of a machine's disks, from zero when its process is started. */
public record DiskOperations(long reads, long writes) {}
