/** The plan catalogue as the operator's file describes it. */
@NullMarked
package io.nodeledger.base.catalogue;

import org.jspecify.annotations.NullMarked;
