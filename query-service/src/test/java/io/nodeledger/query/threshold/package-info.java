@NullMarked
package io.nodeledger.query.threshold;

import org.jspecify.annotations.NullMarked;
