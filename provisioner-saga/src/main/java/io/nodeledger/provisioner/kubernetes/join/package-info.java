/** How a machine comes to join a cluster: bootstrap tokens and the user-data that uses them. */
@NullMarked
package io.nodeledger.provisioner.kubernetes.join;

import org.jspecify.annotations.NullMarked;
