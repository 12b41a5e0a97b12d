/** Holding an answer until the operation that it speaks of has ended. */
@NullMarked
package io.nodeledger.command.waiting;

import org.jspecify.annotations.NullMarked;
