/** The platform operator's routes: workspaces and their credits. */
@NullMarked
package io.nodeledger.command.workspace;

import org.jspecify.annotations.NullMarked;
