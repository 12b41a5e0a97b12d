/** Which regions are known to be full for a plan. */
@NullMarked
package io.nodeledger.command.capacity;

import org.jspecify.annotations.NullMarked;
