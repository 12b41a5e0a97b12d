/** Ports that stay the same over restarts. */
@NullMarked
package io.nodeledger.simulators.port;

import org.jspecify.annotations.NullMarked;
