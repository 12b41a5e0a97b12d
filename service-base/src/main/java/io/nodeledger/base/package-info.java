@NullMarked
package io.nodeledger.base;

import org.jspecify.annotations.NullMarked;
