/** Asking for a move of a workspace to dedicated or to shared nodes: the requests' rules and the routes. */
@NullMarked
package io.nodeledger.command.transition;

import org.jspecify.annotations.NullMarked;
