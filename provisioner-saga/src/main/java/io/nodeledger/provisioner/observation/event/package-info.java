/**
 * Writes down what Kubernetes tells of the platform's nodes before it forgets it, for whoever serves it. Starts at
 * {@link io.nodeledger.provisioner.observation.event.EventObserver}.
 */
@NullMarked
package io.nodeledger.provisioner.observation.event;

import org.jspecify.annotations.NullMarked;
