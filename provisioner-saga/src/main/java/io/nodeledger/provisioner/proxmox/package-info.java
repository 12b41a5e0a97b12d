/** The Proxmox VE driver: client, look-up, placement and the ensure steps of a machine's life. */
@NullMarked
package io.nodeledger.provisioner.proxmox;

import org.jspecify.annotations.NullMarked;
