/**
 * {@code GET …/nodes/stream}: what happens to a workspace's nodes, as it happens. Starts at
 * {@link io.nodeledger.query.stream.StreamController}; {@link io.nodeledger.query.stream.StreamFeed} reads the trail once for
 * all streams of an instance.
 */
@NullMarked
package io.nodeledger.query.stream;

import org.jspecify.annotations.NullMarked;
