/** How a person or a test outside of this process makes a region's simulators fail. */
@NullMarked
package io.nodeledger.simulators.control;

import org.jspecify.annotations.NullMarked;
