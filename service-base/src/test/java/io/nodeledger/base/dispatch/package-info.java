@NullMarked
package io.nodeledger.base.dispatch;

import org.jspecify.annotations.NullMarked;
