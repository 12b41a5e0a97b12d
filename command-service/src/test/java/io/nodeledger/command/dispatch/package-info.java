@NullMarked
package io.nodeledger.command.dispatch;

import org.jspecify.annotations.NullMarked;
