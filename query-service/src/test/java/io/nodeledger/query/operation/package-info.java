@NullMarked
package io.nodeledger.query.operation;

import org.jspecify.annotations.NullMarked;
