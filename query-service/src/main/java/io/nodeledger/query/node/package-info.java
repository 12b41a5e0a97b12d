/** Nodes as they are now: list, detail, past states, cost so far. */
@NullMarked
package io.nodeledger.query.node;

import org.jspecify.annotations.NullMarked;
