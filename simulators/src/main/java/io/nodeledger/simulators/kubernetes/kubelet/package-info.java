/** Simulated kubelets: joining with a bootstrap token, heartbeats and the life of pods. */
@NullMarked
package io.nodeledger.simulators.kubernetes.kubelet;

import org.jspecify.annotations.NullMarked;
