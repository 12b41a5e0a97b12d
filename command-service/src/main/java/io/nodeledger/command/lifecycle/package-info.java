/** Operations on nodes that exist: power, retry, labels, and calling an operation off. */
@NullMarked
package io.nodeledger.command.lifecycle;

import org.jspecify.annotations.NullMarked;
