@NullMarked
package io.nodeledger.provisioner.metrics;

import org.jspecify.annotations.NullMarked;
