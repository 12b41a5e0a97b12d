@NullMarked
package io.nodeledger.base.ratelimit;

import org.jspecify.annotations.NullMarked;
