/** What the events of a transition come to: one fold for all who need it. */
@NullMarked
package io.nodeledger.events.transition.record;

import org.jspecify.annotations.NullMarked;
