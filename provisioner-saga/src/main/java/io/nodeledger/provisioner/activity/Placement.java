package io.nodeledger.provisioner.activity;

/**
 * Where a node's machine was meant to be created. The machine may have moved to another host since; the id stays.
 *
 * @param host host chosen at allocation
 * @param vmId machine id, unique in the region
 * @param storage storage of its root disk
 */
public record Placement(String host, int vmId, String storage) {}
