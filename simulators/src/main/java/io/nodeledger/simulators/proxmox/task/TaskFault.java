package io.nodeledger.simulators.proxmox.task;

/**
 * How a task is made to go wrong.
 *
 * @param hangs it never ends; otherwise it ends at once
 * @param exitStatus what it ends with
 */
public record TaskFault(boolean hangs, String exitStatus) {}
