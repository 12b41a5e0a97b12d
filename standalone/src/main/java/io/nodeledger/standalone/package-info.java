/** Everything in one process, and the command line in front of it. */
@NullMarked
package io.nodeledger.standalone;

import org.jspecify.annotations.NullMarked;
