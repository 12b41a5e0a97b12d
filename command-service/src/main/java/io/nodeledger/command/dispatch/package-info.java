/** From an accepted request to a command and back from its answer. */
@NullMarked
package io.nodeledger.command.dispatch;

import org.jspecify.annotations.NullMarked;
