package io.nodeledger.provisioner.activity;

import org.axonframework.eventhandling.EventMessage;

/**
 * A node's stream, read to its end.
 *
 * @param last its last event
 */
public record NodeReading(NodeFacts facts, EventMessage<?> last) {}
