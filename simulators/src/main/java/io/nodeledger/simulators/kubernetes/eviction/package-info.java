/** The eviction subresource and disruption budgets. */
@NullMarked
package io.nodeledger.simulators.kubernetes.eviction;

import org.jspecify.annotations.NullMarked;
