@NullMarked
package io.nodeledger.command.observed;

import org.jspecify.annotations.NullMarked;
