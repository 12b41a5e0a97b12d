/** How a node is doing right now, as its cluster was last seen to say. */
@NullMarked
package io.nodeledger.query.status;

import org.jspecify.annotations.NullMarked;
