@NullMarked
package io.nodeledger.query.cost.meter;

import org.jspecify.annotations.NullMarked;
