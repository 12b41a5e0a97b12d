@NullMarked
package io.nodeledger.provisioner.duty;

import org.jspecify.annotations.NullMarked;
