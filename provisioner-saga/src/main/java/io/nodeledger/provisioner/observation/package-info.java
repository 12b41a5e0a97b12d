/**
 * Writes down what the regions' Kubernetes clusters say of the platform's nodes, for whoever serves it. Starts at
 * {@link io.nodeledger.provisioner.observation.ClusterObserver}.
 */
@NullMarked
package io.nodeledger.provisioner.observation;

import org.jspecify.annotations.NullMarked;
