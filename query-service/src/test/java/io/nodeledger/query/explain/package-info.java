@NullMarked
package io.nodeledger.query.explain;

import org.jspecify.annotations.NullMarked;
