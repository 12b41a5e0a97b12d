/** What survives a restart: a journal of changed records. */
@NullMarked
package io.nodeledger.simulators.proxmox.store;

import org.jspecify.annotations.NullMarked;
