@NullMarked
package io.nodeledger.command.idempotency;

import org.jspecify.annotations.NullMarked;
