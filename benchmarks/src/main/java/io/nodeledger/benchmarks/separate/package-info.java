/** The services as processes of their own: how soon one sees what another writes, what two do more than one, how they start. */
@NullMarked
package io.nodeledger.benchmarks.separate;

import org.jspecify.annotations.NullMarked;
