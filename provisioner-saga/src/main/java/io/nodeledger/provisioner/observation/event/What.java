package io.nodeledger.provisioner.observation.event;

/**
 * What an event says of which node: who says the same soon again is counted, not listed twice.
 *
 * @param type {@code Normal} or {@code Warning}
 * @param reason one word, in Kubernetes' own camel case
 * @param source the component that says it
 */
record What(String nodeId, String type, String reason, String message, String source) {}
