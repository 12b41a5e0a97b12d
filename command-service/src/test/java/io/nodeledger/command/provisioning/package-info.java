@NullMarked
package io.nodeledger.command.provisioning;

import org.jspecify.annotations.NullMarked;
