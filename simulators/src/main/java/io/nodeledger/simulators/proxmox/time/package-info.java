/** The one thread and the scaled clock that a simulated cluster lives on. */
@NullMarked
package io.nodeledger.simulators.proxmox.time;

import org.jspecify.annotations.NullMarked;
