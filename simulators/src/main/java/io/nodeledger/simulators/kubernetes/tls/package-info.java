/** The cluster's certificate authority and credentials. */
@NullMarked
package io.nodeledger.simulators.kubernetes.tls;

import org.jspecify.annotations.NullMarked;
