@NullMarked
package io.nodeledger.base.tracing;

import org.jspecify.annotations.NullMarked;
