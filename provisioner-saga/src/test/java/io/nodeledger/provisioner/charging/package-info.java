@NullMarked
package io.nodeledger.provisioner.charging;

import org.jspecify.annotations.NullMarked;
