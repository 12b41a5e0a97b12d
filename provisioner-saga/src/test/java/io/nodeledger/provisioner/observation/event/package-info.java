@NullMarked
package io.nodeledger.provisioner.observation.event;

import org.jspecify.annotations.NullMarked;
