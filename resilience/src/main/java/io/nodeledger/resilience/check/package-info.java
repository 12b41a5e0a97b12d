/** The invariants, read only from the stores and the providers. */
@NullMarked
package io.nodeledger.resilience.check;

import org.jspecify.annotations.NullMarked;
