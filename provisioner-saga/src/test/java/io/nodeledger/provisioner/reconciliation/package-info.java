@NullMarked
package io.nodeledger.provisioner.reconciliation;

import org.jspecify.annotations.NullMarked;
