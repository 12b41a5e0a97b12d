/** Webhook endpoints as their owners see and change them. */
@NullMarked
package io.nodeledger.webhook.endpoint;

import org.jspecify.annotations.NullMarked;
