package io.nodeledger.provisioner.proxmox.client;

/** What the file systems on a guest's disks hold, bytes. */
public record GuestStorage(long usedBytes, long totalBytes) {}
