/** The HTTP side: authentication, routes, reads, writes, watches, discovery and tables. */
@NullMarked
package io.nodeledger.simulators.kubernetes.api;

import org.jspecify.annotations.NullMarked;
