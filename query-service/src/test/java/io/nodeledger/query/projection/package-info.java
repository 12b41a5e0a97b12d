@NullMarked
package io.nodeledger.query.projection;

import org.jspecify.annotations.NullMarked;
