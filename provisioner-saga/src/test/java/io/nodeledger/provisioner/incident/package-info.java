@NullMarked
package io.nodeledger.provisioner.incident;

import org.jspecify.annotations.NullMarked;
