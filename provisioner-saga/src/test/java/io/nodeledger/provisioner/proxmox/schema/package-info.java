/** The Proxmox VE API's own schema, against which client and simulator are held. */
@NullMarked
package io.nodeledger.provisioner.proxmox.schema;

import org.jspecify.annotations.NullMarked;
