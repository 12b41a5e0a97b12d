/** Secrets that deliveries are signed with: made here, kept encrypted, and read only to sign. */
@NullMarked
package io.nodeledger.webhook.secret;

import org.jspecify.annotations.NullMarked;
