/** {@code GET …/nodes/usage}: what all nodes of a workspace use together. */
@NullMarked
package io.nodeledger.query.telemetry.usage;

import org.jspecify.annotations.NullMarked;
