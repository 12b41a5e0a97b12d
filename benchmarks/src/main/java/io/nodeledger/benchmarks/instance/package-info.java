/** The whole product, for as long as a benchmark takes. */
@NullMarked
package io.nodeledger.benchmarks.instance;

import org.jspecify.annotations.NullMarked;
