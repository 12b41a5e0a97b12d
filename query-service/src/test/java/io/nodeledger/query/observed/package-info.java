@NullMarked
package io.nodeledger.query.observed;

import org.jspecify.annotations.NullMarked;
