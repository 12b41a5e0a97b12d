/** The ensure steps at Proxmox VE: each looks first, adopts what is there and acts only on the difference. */
@NullMarked
package io.nodeledger.provisioner.proxmox.step;

import org.jspecify.annotations.NullMarked;
