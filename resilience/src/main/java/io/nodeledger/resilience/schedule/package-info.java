/** Which crashes and faults happen when, and the runs that go through them. */
@NullMarked
package io.nodeledger.resilience.schedule;

import org.jspecify.annotations.NullMarked;
