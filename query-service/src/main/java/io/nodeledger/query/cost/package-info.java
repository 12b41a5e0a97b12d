/** What nodes cost: bills of any past moment, line by line, out of the meters' readings. */
@NullMarked
package io.nodeledger.query.cost;

import org.jspecify.annotations.NullMarked;
