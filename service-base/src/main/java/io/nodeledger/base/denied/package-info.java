/** Writes down what was denied, for the audit. */
@NullMarked
package io.nodeledger.base.denied;

import org.jspecify.annotations.NullMarked;
