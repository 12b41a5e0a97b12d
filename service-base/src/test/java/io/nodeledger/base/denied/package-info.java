@NullMarked
package io.nodeledger.base.denied;

import org.jspecify.annotations.NullMarked;
