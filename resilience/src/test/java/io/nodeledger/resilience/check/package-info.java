@NullMarked
package io.nodeledger.resilience.check;

import org.jspecify.annotations.NullMarked;
