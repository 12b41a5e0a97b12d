/** What outlives a crash, stores and providers, and the instances of the product that come and go in it. */
@NullMarked
package io.nodeledger.resilience.world;

import org.jspecify.annotations.NullMarked;
