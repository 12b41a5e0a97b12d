/** Charges workspaces what their nodes have cost, a day at a time, and stops nodes that are not paid for. */
@NullMarked
package io.nodeledger.provisioner.charging;

import org.jspecify.annotations.NullMarked;
