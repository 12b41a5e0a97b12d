/** What moving a workspace to dedicated nodes and back takes, against a script that does the same. */
@NullMarked
package io.nodeledger.benchmarks.transition;

import org.jspecify.annotations.NullMarked;
