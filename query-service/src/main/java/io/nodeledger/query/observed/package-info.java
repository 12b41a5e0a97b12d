/** Tables of observation, which the service that provisions writes and this one reads (source: rulings). */
@NullMarked
package io.nodeledger.query.observed;

import org.jspecify.annotations.NullMarked;
