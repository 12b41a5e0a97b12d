@NullMarked
package io.nodeledger.query.replay;

import org.jspecify.annotations.NullMarked;
