/** What runs inside a virtual machine: boot, cloud-init seed, guest agent. */
@NullMarked
package io.nodeledger.simulators.proxmox.guest;

import org.jspecify.annotations.NullMarked;
