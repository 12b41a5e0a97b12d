/** Sagas: what is to be done next for an operation, decided by its node's events. */
@NullMarked
package io.nodeledger.provisioner.operation;

import org.jspecify.annotations.NullMarked;
