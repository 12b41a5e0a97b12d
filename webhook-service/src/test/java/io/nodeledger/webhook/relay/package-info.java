@NullMarked
package io.nodeledger.webhook.relay;

import org.jspecify.annotations.NullMarked;
