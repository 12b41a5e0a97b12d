@NullMarked
package io.nodeledger.query.transition;

import org.jspecify.annotations.NullMarked;
