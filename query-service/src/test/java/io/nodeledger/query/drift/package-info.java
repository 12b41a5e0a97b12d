@NullMarked
package io.nodeledger.query.drift;

import org.jspecify.annotations.NullMarked;
