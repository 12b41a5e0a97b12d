/** Webhook endpoints as the audit trail knows them. */
@NullMarked
package io.nodeledger.query.webhook;

import org.jspecify.annotations.NullMarked;
