/** A small typed client of the Proxmox VE API: only the calls that are needed, every failure classed. */
@NullMarked
package io.nodeledger.provisioner.proxmox.client;

import org.jspecify.annotations.NullMarked;
