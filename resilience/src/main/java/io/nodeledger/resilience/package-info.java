/** Crashes the product on purpose and checks from outside that nothing was lost, leaked or done twice. */
@NullMarked
package io.nodeledger.resilience;

import org.jspecify.annotations.NullMarked;
