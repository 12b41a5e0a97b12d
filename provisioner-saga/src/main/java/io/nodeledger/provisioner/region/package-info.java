/** The regions of this installation and how their providers are reached. */
@NullMarked
package io.nodeledger.provisioner.region;

import org.jspecify.annotations.NullMarked;
