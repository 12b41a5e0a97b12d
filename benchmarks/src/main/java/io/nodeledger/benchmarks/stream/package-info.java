/** How soon a thousand readers of live streams see what happens. */
@NullMarked
package io.nodeledger.benchmarks.stream;

import org.jspecify.annotations.NullMarked;
