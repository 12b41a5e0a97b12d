/** Cursors of lists that grow at one end. */
@NullMarked
package io.nodeledger.query.paging;

import org.jspecify.annotations.NullMarked;
