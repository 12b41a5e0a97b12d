@NullMarked
package io.nodeledger.model.workspace;

import org.jspecify.annotations.NullMarked;
