/** Lists of nodes out of a million, at the database and through HTTP, against reads of as many rows by their keys. */
@NullMarked
package io.nodeledger.benchmarks.list;

import org.jspecify.annotations.NullMarked;
