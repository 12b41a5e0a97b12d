@NullMarked
package io.nodeledger.query.workspace;

import org.jspecify.annotations.NullMarked;
