/**
 * Compares what the nodes' streams say with what their providers hold, tells each difference, and puts right what is
 * safe. Starts at {@link io.nodeledger.provisioner.reconciliation.Reconciler}.
 */
@NullMarked
package io.nodeledger.provisioner.reconciliation;

import org.jspecify.annotations.NullMarked;
