/** Failures that a test or an operator asks for. */
@NullMarked
package io.nodeledger.simulators.proxmox.fault;

import org.jspecify.annotations.NullMarked;
