/** The regions' Kubernetes clusters: connections, failures and what is started with them. */
@NullMarked
package io.nodeledger.provisioner.kubernetes;

import org.jspecify.annotations.NullMarked;
