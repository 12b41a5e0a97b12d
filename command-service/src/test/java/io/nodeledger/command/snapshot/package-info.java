@NullMarked
package io.nodeledger.command.snapshot;

import org.jspecify.annotations.NullMarked;
