/** Measured claims, each as a ratio to a ceiling or a peer of the same run. */
@NullMarked
package io.nodeledger.benchmarks;

import org.jspecify.annotations.NullMarked;
