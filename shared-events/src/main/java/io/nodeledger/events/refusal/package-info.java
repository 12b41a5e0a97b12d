/** Typed business refusals: a no that the caller can understand, as opposed to an exception. */
@NullMarked
package io.nodeledger.events.refusal;

import org.jspecify.annotations.NullMarked;
