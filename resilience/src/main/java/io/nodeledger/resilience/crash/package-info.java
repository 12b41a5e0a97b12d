/** Where an instance of the product can be made to crash: at its commits and at its calls to providers. */
@NullMarked
package io.nodeledger.resilience.crash;

import org.jspecify.annotations.NullMarked;
