@NullMarked
package io.nodeledger.query.node;

import org.jspecify.annotations.NullMarked;
