@NullMarked
package io.nodeledger.standalone.architecture;

import org.jspecify.annotations.NullMarked;
