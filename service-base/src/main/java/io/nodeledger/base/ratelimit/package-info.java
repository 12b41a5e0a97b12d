/** Bounds how much one caller and one workspace ask. */
@NullMarked
package io.nodeledger.base.ratelimit;

import org.jspecify.annotations.NullMarked;
