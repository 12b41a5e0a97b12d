@NullMarked
package io.nodeledger.query.management;

import org.jspecify.annotations.NullMarked;
