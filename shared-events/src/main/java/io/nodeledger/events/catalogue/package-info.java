/** The plans under which nodes are offered. */
@NullMarked
package io.nodeledger.events.catalogue;

import org.jspecify.annotations.NullMarked;
