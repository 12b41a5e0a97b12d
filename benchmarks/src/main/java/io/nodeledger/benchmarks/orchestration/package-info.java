/** From the POST of a node to its status running, against the bare calls to the provider. */
@NullMarked
package io.nodeledger.benchmarks.orchestration;

import org.jspecify.annotations.NullMarked;
