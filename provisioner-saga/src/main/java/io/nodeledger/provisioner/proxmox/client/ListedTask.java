package io.nodeledger.provisioner.proxmox.client;

import java.time.Instant;

/**
 * A task as a host lists it.
 *
 * @param startedAt in seconds
 * @param status how it is doing
 */
public record ListedTask(Upid upid, Instant startedAt, TaskStatus status) {}
