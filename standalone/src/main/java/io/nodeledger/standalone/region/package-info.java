/** The regions of an installation without a provider of its own: simulated ones. */
@NullMarked
package io.nodeledger.standalone.region;

import org.jspecify.annotations.NullMarked;
