/** {@code GET …/nodes/{nodeId}/metrics}: what a node did over a period. */
@NullMarked
package io.nodeledger.query.telemetry.metrics;

import org.jspecify.annotations.NullMarked;
