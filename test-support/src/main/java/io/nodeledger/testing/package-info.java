/** What tests of several modules share: one PostgreSQL per test JVM, one database per test. */
@NullMarked
package io.nodeledger.testing;

import org.jspecify.annotations.NullMarked;
