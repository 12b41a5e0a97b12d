@NullMarked
package io.nodeledger.query.status;

import org.jspecify.annotations.NullMarked;
