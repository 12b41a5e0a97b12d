/** The read side: projections of the event log and the REST reads that they answer. */
@NullMarked
package io.nodeledger.query;

import org.jspecify.annotations.NullMarked;
