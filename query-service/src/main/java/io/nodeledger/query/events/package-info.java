/**
 * What happened to a node, told by its Kubernetes cluster and by the platform. Starts at
 * {@link io.nodeledger.query.events.EventsController}.
 */
@NullMarked
package io.nodeledger.query.events;

import org.jspecify.annotations.NullMarked;
