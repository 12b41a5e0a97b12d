@NullMarked
package io.nodeledger.command.workspace;

import org.jspecify.annotations.NullMarked;
