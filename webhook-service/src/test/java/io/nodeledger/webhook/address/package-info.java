@NullMarked
package io.nodeledger.webhook.address;

import org.jspecify.annotations.NullMarked;
