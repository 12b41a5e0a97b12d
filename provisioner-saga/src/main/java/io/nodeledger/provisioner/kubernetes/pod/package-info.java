/** The pods that nodes hold: what they ask for, and whose they are. */
@NullMarked
package io.nodeledger.provisioner.kubernetes.pod;

import org.jspecify.annotations.NullMarked;
