@NullMarked
package io.nodeledger.simulators.kubernetes.kubelet;

import org.jspecify.annotations.NullMarked;
