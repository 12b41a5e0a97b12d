/** What led to what: from a request over an operation and its steps to the effects. */
@NullMarked
package io.nodeledger.query.explain;

import org.jspecify.annotations.NullMarked;
