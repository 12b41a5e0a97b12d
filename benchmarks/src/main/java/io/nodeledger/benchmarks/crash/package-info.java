/** What the product survives: all crashes, faults and random schedules of the resilience harness. */
@NullMarked
package io.nodeledger.benchmarks.crash;

import org.jspecify.annotations.NullMarked;
