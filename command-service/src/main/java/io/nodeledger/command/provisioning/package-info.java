/** Asking for a node: the request's rules and the route. */
@NullMarked
package io.nodeledger.command.provisioning;

import org.jspecify.annotations.NullMarked;
