@NullMarked
package io.nodeledger.model.node;

import org.jspecify.annotations.NullMarked;
