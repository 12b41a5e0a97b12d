@NullMarked
package io.nodeledger.webhook.secret;

import org.jspecify.annotations.NullMarked;
