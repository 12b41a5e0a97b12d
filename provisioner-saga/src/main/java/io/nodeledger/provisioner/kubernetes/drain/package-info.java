/** Moving pods away from a node as {@code kubectl drain} does. */
@NullMarked
package io.nodeledger.provisioner.kubernetes.drain;

import org.jspecify.annotations.NullMarked;
