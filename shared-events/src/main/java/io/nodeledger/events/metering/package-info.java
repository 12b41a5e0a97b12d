/** What nodes are billed for: the one fold of lifecycle events into metered time, exact to the millisecond. */
@NullMarked
package io.nodeledger.events.metering;

import org.jspecify.annotations.NullMarked;
