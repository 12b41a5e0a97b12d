@NullMarked
package io.nodeledger.command.stock;

import org.jspecify.annotations.NullMarked;
