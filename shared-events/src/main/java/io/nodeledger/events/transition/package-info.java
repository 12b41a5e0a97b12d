/** Moves of a workspace between shared and dedicated nodes. */
@NullMarked
package io.nodeledger.events.transition;

import org.jspecify.annotations.NullMarked;
