/** The move of a workspace to dedicated or to shared nodes. */
@NullMarked
package io.nodeledger.model.transition;

import org.jspecify.annotations.NullMarked;
