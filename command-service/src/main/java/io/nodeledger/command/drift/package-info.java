/** Accepting changes that were found outside and are held back. */
@NullMarked
package io.nodeledger.command.drift;

import org.jspecify.annotations.NullMarked;
