package io.nodeledger.provisioner.proxmox.client;

/** Counters over all network devices of a guest but its loopback, from zero when it boots. */
public record GuestPackets(long received, long sent) {}
