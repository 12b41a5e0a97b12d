/** A node as its events tell it: one fold for everyone who shows nodes. */
@NullMarked
package io.nodeledger.events.node.record;

import org.jspecify.annotations.NullMarked;
