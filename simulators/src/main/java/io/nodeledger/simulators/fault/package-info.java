/** Failures that a test or an operator asks for: one vocabulary and one book for both simulators. */
@NullMarked
package io.nodeledger.simulators.fault;

import org.jspecify.annotations.NullMarked;
