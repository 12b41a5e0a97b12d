@NullMarked
package io.nodeledger.webhook.delivery;

import org.jspecify.annotations.NullMarked;
