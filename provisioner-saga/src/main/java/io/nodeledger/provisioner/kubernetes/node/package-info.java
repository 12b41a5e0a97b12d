/** A Kubernetes node: whether it is ours, what it must look like, and how it is changed. */
@NullMarked
package io.nodeledger.provisioner.kubernetes.node;

import org.jspecify.annotations.NullMarked;
