/** The shape of Kubernetes objects: resource types, fields, names, selectors, quantities and times. */
@NullMarked
package io.nodeledger.simulators.kubernetes.object;

import org.jspecify.annotations.NullMarked;
