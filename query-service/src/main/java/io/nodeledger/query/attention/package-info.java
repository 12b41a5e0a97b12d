/** What people have to look at, for the platform's operators. */
@NullMarked
package io.nodeledger.query.attention;

import org.jspecify.annotations.NullMarked;
