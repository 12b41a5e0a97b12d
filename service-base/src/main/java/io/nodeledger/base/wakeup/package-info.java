/** Waking readers at once after a commit, in this JVM and in the others. */
@NullMarked
package io.nodeledger.base.wakeup;

import org.jspecify.annotations.NullMarked;
