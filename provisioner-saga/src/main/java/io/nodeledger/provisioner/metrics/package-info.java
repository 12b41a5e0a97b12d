/** What the tables say of operations, steps, regions, transitions and charges, as figures. */
@NullMarked
package io.nodeledger.provisioner.metrics;

import org.jspecify.annotations.NullMarked;
