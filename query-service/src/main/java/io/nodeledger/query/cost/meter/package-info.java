/** The nodes' meters, kept as points from which any reading follows with one look into an index. */
@NullMarked
package io.nodeledger.query.cost.meter;

import org.jspecify.annotations.NullMarked;
