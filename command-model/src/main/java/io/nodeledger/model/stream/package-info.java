/** What the streams of all aggregates have in common. */
@NullMarked
package io.nodeledger.model.stream;

import org.jspecify.annotations.NullMarked;
