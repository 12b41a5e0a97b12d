/** What goes on beside the requests. */
@NullMarked
package io.nodeledger.base.background;

import org.jspecify.annotations.NullMarked;
