@NullMarked
package io.nodeledger.standalone.separate;

import org.jspecify.annotations.NullMarked;
