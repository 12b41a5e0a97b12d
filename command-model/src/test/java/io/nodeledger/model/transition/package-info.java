@NullMarked
package io.nodeledger.model.transition;

import org.jspecify.annotations.NullMarked;
