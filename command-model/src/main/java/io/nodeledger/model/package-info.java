/** The write model: aggregates and their rules, free of any framework but Axon's annotations. */
@NullMarked
package io.nodeledger.model;

import org.jspecify.annotations.NullMarked;
