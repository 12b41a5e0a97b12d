/** From an accepted request to a command and back from its answer. */
@NullMarked
package io.nodeledger.base.dispatch;

import org.jspecify.annotations.NullMarked;
