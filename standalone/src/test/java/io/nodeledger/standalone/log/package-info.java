@NullMarked
package io.nodeledger.standalone.log;

import org.jspecify.annotations.NullMarked;
