/** What the service tells of itself in figures. */
@NullMarked
package io.nodeledger.base.metrics;

import org.jspecify.annotations.NullMarked;
