@NullMarked
package io.nodeledger.base.metrics;

import org.jspecify.annotations.NullMarked;
