/** Which host a machine goes to and under which id, and what room a region has left. */
@NullMarked
package io.nodeledger.provisioner.proxmox.placement;

import org.jspecify.annotations.NullMarked;
