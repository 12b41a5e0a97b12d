/** The command line: one class for each command. */
@NullMarked
package io.nodeledger.standalone.cli;

import org.jspecify.annotations.NullMarked;
