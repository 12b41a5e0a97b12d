/** Asking for a node to go. */
@NullMarked
package io.nodeledger.command.removal;

import org.jspecify.annotations.NullMarked;
