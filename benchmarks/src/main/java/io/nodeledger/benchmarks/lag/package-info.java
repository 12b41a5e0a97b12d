/** How long an event takes from its append to a reader, against stock Axon in the same run. */
@NullMarked
package io.nodeledger.benchmarks.lag;

import org.jspecify.annotations.NullMarked;
