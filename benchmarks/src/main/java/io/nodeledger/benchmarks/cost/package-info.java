/** What bills cost to answer, and what it takes to make all read models anew from a million events. */
@NullMarked
package io.nodeledger.benchmarks.cost;

import org.jspecify.annotations.NullMarked;
