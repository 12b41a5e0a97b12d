/** Hosts, storages, virtual machines and their configurations. */
@NullMarked
package io.nodeledger.simulators.proxmox.cluster;

import org.jspecify.annotations.NullMarked;
