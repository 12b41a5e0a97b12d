/** Moves of workspaces to nodes of their own, and away from them (source: contract, "Plan Transitions"). */
@NullMarked
package io.nodeledger.query.transition;

import org.jspecify.annotations.NullMarked;
