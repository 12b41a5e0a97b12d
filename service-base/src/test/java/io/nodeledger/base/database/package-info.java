@NullMarked
package io.nodeledger.base.database;

import org.jspecify.annotations.NullMarked;
