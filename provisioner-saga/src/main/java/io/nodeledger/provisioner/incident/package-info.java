/**
 * Tells when running nodes fall ill or run short of something, and when that is over. Starts at
 * {@link io.nodeledger.provisioner.incident.IncidentWatch}.
 */
@NullMarked
package io.nodeledger.provisioner.incident;

import org.jspecify.annotations.NullMarked;
