@NullMarked
package io.nodeledger.provisioner.telemetry;

import org.jspecify.annotations.NullMarked;
