/** Node and pod metrics, computed on demand. */
@NullMarked
package io.nodeledger.simulators.kubernetes.metrics;

import org.jspecify.annotations.NullMarked;
