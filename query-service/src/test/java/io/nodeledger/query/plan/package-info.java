/** The plans that nodes can be provisioned with. */
@NullMarked
package io.nodeledger.query.plan;

import org.jspecify.annotations.NullMarked;
