/** Requests that can be repeated without being done twice. */
@NullMarked
package io.nodeledger.base.idempotency;

import org.jspecify.annotations.NullMarked;
