/** One trace from a request to the last thing that it makes happen, and the ids by which log lines name what they are about. */
@NullMarked
package io.nodeledger.base.tracing;

import org.jspecify.annotations.NullMarked;
