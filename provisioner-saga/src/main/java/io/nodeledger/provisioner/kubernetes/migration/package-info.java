/** Moving a workspace's workloads between shared and dedicated nodes, by evictions, in rounds that remember nothing. */
@NullMarked
package io.nodeledger.provisioner.kubernetes.migration;

import org.jspecify.annotations.NullMarked;
