@NullMarked
package io.nodeledger.command.waiting;

import org.jspecify.annotations.NullMarked;
