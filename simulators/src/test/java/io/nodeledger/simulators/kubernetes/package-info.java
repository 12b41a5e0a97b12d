@NullMarked
package io.nodeledger.simulators.kubernetes;

import org.jspecify.annotations.NullMarked;
