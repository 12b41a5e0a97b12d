/** Commands, processors, token and saga stores, and what an event remembers of its cause. */
@NullMarked
package io.nodeledger.base.messaging;

import org.jspecify.annotations.NullMarked;
