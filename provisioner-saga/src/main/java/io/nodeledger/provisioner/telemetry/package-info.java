/**
 * Samples what machines are doing, folds the samples and forgets them in time. Starts at
 * {@link io.nodeledger.provisioner.telemetry.Telemetry}.
 */
@NullMarked
package io.nodeledger.provisioner.telemetry;

import org.jspecify.annotations.NullMarked;
