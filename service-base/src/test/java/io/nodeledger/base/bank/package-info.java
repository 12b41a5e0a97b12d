/** A small service on the base, for its tests: accounts that hold money, and nothing of the product's own. */
@NullMarked
package io.nodeledger.base.bank;

import org.jspecify.annotations.NullMarked;
