@NullMarked
package io.nodeledger.standalone.instance;

import org.jspecify.annotations.NullMarked;
