@NullMarked
package io.nodeledger.query.cost;

import org.jspecify.annotations.NullMarked;
