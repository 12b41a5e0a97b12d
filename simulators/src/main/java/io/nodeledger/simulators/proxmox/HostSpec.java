package io.nodeledger.simulators.proxmox;

/** One hypervisor host: its node name, physical CPU threads and RAM in bytes. */
public record HostSpec(String name, int cores, long memoryBytes) {}
