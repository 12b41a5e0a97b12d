/** Event-sourced repositories that never decide on stale state. */
@NullMarked
package io.nodeledger.base.aggregate;

import org.jspecify.annotations.NullMarked;
