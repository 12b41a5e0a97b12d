/** What sampling ten thousand machines costs, and how fast usage and metrics are read. */
@NullMarked
package io.nodeledger.benchmarks.telemetry;

import org.jspecify.annotations.NullMarked;
