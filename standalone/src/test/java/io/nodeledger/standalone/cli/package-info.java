@NullMarked
package io.nodeledger.standalone.cli;

import org.jspecify.annotations.NullMarked;
