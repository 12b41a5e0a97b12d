/** The scheduler: where a pod fits and where it goes. */
@NullMarked
package io.nodeledger.simulators.kubernetes.scheduling;

import org.jspecify.annotations.NullMarked;
