/** From the topic to the endpoints: what is to be sent is kept first, then sent until it is accepted or given up. */
@NullMarked
package io.nodeledger.webhook.delivery;

import org.jspecify.annotations.NullMarked;
