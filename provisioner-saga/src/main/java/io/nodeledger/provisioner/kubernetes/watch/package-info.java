/** Watches on a cluster's objects. */
@NullMarked
package io.nodeledger.provisioner.kubernetes.watch;

import org.jspecify.annotations.NullMarked;
