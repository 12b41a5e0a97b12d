/** Webhook endpoints: what they can be told and what happens to them. */
@NullMarked
package io.nodeledger.events.webhook;

import org.jspecify.annotations.NullMarked;
