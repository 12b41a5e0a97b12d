/** The workspace: who owns nodes, how many, and what it may spend. */
@NullMarked
package io.nodeledger.events.workspace;

import org.jspecify.annotations.NullMarked;
