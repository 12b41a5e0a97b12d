@NullMarked
package io.nodeledger.query.attention;

import org.jspecify.annotations.NullMarked;
