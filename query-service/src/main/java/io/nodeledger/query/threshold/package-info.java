/** The thresholds that count for nodes, and who has set them. */
@NullMarked
package io.nodeledger.query.threshold;

import org.jspecify.annotations.NullMarked;
