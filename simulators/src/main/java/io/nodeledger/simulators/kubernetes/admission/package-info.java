/** What an object must look like before it is stored: defaults and validation. */
@NullMarked
package io.nodeledger.simulators.kubernetes.admission;

import org.jspecify.annotations.NullMarked;
