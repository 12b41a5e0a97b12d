@NullMarked
package io.nodeledger.base.idempotency;

import org.jspecify.annotations.NullMarked;
