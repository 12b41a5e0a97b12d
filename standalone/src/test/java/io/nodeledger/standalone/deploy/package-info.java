@NullMarked
package io.nodeledger.standalone.deploy;

import org.jspecify.annotations.NullMarked;
