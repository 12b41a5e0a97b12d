/** A Proxmox VE 9 cluster in one process: the API over HTTPS and the hosts, storages, machines and tasks behind it. */
@NullMarked
package io.nodeledger.simulators.proxmox;

import org.jspecify.annotations.NullMarked;
