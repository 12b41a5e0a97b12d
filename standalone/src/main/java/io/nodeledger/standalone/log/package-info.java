/** How the log file is written. */
@NullMarked
package io.nodeledger.standalone.log;

import org.jspecify.annotations.NullMarked;
