/** The three patch formats of the Kubernetes API. */
@NullMarked
package io.nodeledger.simulators.kubernetes.patch;

import org.jspecify.annotations.NullMarked;
