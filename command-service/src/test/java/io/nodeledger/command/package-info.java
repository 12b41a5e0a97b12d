@NullMarked
package io.nodeledger.command;

import org.jspecify.annotations.NullMarked;
