/** The Proxmox clusters of the regions, and how a node's machine is found in them. */
@NullMarked
package io.nodeledger.provisioner.proxmox.cluster;

import org.jspecify.annotations.NullMarked;
