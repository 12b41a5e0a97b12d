/** How many nodes of a plan a region may still get. */
@NullMarked
package io.nodeledger.command.stock;

import org.jspecify.annotations.NullMarked;
