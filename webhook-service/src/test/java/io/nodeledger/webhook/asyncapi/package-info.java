@NullMarked
package io.nodeledger.webhook.asyncapi;

import org.jspecify.annotations.NullMarked;
