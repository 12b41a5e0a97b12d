/** Histories and servers that the tests of this module share. */
@NullMarked
package io.nodeledger.query;

import org.jspecify.annotations.NullMarked;
