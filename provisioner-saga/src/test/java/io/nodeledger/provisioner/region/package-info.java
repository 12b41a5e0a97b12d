@NullMarked
package io.nodeledger.provisioner.region;

import org.jspecify.annotations.NullMarked;
