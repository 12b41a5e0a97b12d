/** Identifiers of everything that has one. */
@NullMarked
package io.nodeledger.events.identity;

import org.jspecify.annotations.NullMarked;
