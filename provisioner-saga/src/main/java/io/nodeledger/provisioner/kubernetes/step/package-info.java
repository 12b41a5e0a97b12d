/** The ensure steps at Kubernetes. */
@NullMarked
package io.nodeledger.provisioner.kubernetes.step;

import org.jspecify.annotations.NullMarked;
