/** Tests of what the simulated cluster keeps. */
@NullMarked
package io.nodeledger.simulators.kubernetes.store;

import org.jspecify.annotations.NullMarked;
