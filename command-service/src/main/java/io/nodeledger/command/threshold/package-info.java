/** Thresholds of nodes and workspaces: how much of a resource may be used before that is told. */
@NullMarked
package io.nodeledger.command.threshold;

import org.jspecify.annotations.NullMarked;
