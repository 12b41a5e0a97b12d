/** How events become rows: folds, batches, generations of tables and the processors that fill them. */
@NullMarked
package io.nodeledger.query.projection;

import org.jspecify.annotations.NullMarked;
