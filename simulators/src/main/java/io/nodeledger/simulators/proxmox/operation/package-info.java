/** What each kind of task does to a machine or a storage. */
@NullMarked
package io.nodeledger.simulators.proxmox.operation;

import org.jspecify.annotations.NullMarked;
