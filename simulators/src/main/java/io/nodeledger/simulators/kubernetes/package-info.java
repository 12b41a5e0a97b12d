/** A simulated Kubernetes cluster: a real HTTPS API in front of small but honest controllers and kubelets. */
@NullMarked
package io.nodeledger.simulators.kubernetes;

import org.jspecify.annotations.NullMarked;
