package io.nodeledger.query.explain;

import io.nodeledger.query.audit.AuditEntry;

/**
 * What the trail tells of an operation.
 *
 * @param internal whether it is a step of the operation
 */
record ToldEvent(boolean internal, AuditEntry entry) {}
