/** What the planned failures do to Proxmox's requests and tasks. */
@NullMarked
package io.nodeledger.simulators.proxmox.fault;

import org.jspecify.annotations.NullMarked;
