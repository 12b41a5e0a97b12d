@NullMarked
package io.nodeledger.resilience.schedule;

import org.jspecify.annotations.NullMarked;
