@NullMarked
package io.nodeledger.events.metering;

import org.jspecify.annotations.NullMarked;
