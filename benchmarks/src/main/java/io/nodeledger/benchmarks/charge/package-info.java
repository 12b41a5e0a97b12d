/** What charging a day of ten thousand nodes takes, by one instance and by two. */
@NullMarked
package io.nodeledger.benchmarks.charge;

import org.jspecify.annotations.NullMarked;
