package io.nodeledger.provisioner.proxmox.placement;

/**
 * A machine id that is reserved for a node, with the place and size it was reserved for.
 *
 * @param storage storage of the root disk
 */
public record Claim(int vmId, String nodeId, String host, String storage, MachineSize size) {}
