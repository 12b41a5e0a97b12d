/** Transitions of workspaces: what is worked on in their stages. */
@NullMarked
package io.nodeledger.provisioner.transition;

import org.jspecify.annotations.NullMarked;
