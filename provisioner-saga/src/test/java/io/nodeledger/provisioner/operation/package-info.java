@NullMarked
package io.nodeledger.provisioner.operation;

import org.jspecify.annotations.NullMarked;
