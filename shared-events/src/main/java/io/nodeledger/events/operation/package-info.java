/** Long-running operations on a node and the steps they consist of. */
@NullMarked
package io.nodeledger.events.operation;

import org.jspecify.annotations.NullMarked;
