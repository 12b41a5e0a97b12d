@NullMarked
package io.nodeledger.simulators.control;

import org.jspecify.annotations.NullMarked;
