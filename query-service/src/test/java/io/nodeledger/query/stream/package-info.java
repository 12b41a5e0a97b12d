@NullMarked
package io.nodeledger.query.stream;

import org.jspecify.annotations.NullMarked;
