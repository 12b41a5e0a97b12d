/** The description of what is told, for those who are told it. */
@NullMarked
package io.nodeledger.webhook.asyncapi;

import org.jspecify.annotations.NullMarked;
