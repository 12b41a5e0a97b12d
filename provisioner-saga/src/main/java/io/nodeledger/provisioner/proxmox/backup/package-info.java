/** Backups of machines: each is made once, found again, and never mistaken for another. */
@NullMarked
package io.nodeledger.provisioner.proxmox.backup;

import org.jspecify.annotations.NullMarked;
