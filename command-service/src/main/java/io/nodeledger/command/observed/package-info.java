/** What the provisioner has observed, read in the background so that no request waits for it. */
@NullMarked
package io.nodeledger.command.observed;

import org.jspecify.annotations.NullMarked;
