/** What a new cluster contains: namespaces, system DaemonSets, shared workers and a demo workload. */
@NullMarked
package io.nodeledger.simulators.kubernetes.demo;

import org.jspecify.annotations.NullMarked;
