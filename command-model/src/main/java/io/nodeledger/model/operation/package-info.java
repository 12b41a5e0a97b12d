/** How far an operation has come, and what is next. */
@NullMarked
package io.nodeledger.model.operation;

import org.jspecify.annotations.NullMarked;
