@NullMarked
package io.nodeledger.model.webhook;

import org.jspecify.annotations.NullMarked;
