/** Who and what caused a message: the metadata that travels with every command and event. */
@NullMarked
package io.nodeledger.events.cause;

import org.jspecify.annotations.NullMarked;
