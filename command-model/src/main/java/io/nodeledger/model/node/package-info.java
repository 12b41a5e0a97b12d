/** The node: its states, and which commands and facts each of them takes. */
@NullMarked
package io.nodeledger.model.node;

import org.jspecify.annotations.NullMarked;
