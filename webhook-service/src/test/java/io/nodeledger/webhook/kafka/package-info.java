@NullMarked
package io.nodeledger.webhook.kafka;

import org.jspecify.annotations.NullMarked;
