/** UPIDs, tasks that take their time, and the locks they hold. */
@NullMarked
package io.nodeledger.simulators.proxmox.task;

import org.jspecify.annotations.NullMarked;
