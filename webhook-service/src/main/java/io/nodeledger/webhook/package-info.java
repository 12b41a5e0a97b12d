/** What others are told: the topics of lifecycle events and of nodes, and webhooks. */
@NullMarked
package io.nodeledger.webhook;

import org.jspecify.annotations.NullMarked;
