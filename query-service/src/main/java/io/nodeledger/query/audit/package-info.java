/** Who did what to which node, and why: every event in order. */
@NullMarked
package io.nodeledger.query.audit;

import org.jspecify.annotations.NullMarked;
