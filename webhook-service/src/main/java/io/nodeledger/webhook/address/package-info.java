/** Where may be sent to: public addresses only, whatever a URL or a name server says. */
@NullMarked
package io.nodeledger.webhook.address;

import org.jspecify.annotations.NullMarked;
