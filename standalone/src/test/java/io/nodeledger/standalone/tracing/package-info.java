@NullMarked
package io.nodeledger.standalone.tracing;

import org.jspecify.annotations.NullMarked;
