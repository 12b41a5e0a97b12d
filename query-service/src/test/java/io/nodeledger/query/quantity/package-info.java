@NullMarked
package io.nodeledger.query.quantity;

import org.jspecify.annotations.NullMarked;
