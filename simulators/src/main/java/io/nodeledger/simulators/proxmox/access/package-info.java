/** API tokens and what they may do. */
@NullMarked
package io.nodeledger.simulators.proxmox.access;

import org.jspecify.annotations.NullMarked;
