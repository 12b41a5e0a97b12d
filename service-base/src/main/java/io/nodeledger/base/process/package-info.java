/** A service as a process of its own: how it starts, who it belongs to, how it ends without failing a request. */
@NullMarked
package io.nodeledger.base.process;

import org.jspecify.annotations.NullMarked;
