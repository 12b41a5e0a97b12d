@NullMarked
package io.nodeledger.query.allocation;

import org.jspecify.annotations.NullMarked;
