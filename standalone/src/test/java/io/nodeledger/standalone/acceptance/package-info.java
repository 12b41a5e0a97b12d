@NullMarked
package io.nodeledger.standalone.acceptance;

import org.jspecify.annotations.NullMarked;
