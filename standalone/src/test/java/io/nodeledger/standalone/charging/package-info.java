@NullMarked
package io.nodeledger.standalone.charging;

import org.jspecify.annotations.NullMarked;
