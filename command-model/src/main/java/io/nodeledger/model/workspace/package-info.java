/** The workspace: the invariants across its nodes. */
@NullMarked
package io.nodeledger.model.workspace;

import org.jspecify.annotations.NullMarked;
