/** The cloud-init seed that a machine boots with. */
@NullMarked
package io.nodeledger.provisioner.proxmox.seed;

import org.jspecify.annotations.NullMarked;
