@NullMarked
package io.nodeledger.provisioner.observation;

import org.jspecify.annotations.NullMarked;
