/** What the planned failures do to the requests of the simulated API server. */
@NullMarked
package io.nodeledger.simulators.kubernetes.fault;

import org.jspecify.annotations.NullMarked;
