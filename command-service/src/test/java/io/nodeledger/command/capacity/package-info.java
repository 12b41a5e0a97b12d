@NullMarked
package io.nodeledger.command.capacity;

import org.jspecify.annotations.NullMarked;
