/** Nodes as the read side keeps them, for benchmarks that need many. */
@NullMarked
package io.nodeledger.benchmarks.node;

import org.jspecify.annotations.NullMarked;
