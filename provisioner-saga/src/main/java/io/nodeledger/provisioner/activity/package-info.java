/** Durable activities: one idempotent ensure step each, run under a lease, its outcome recorded on the node. */
@NullMarked
package io.nodeledger.provisioner.activity;

import org.jspecify.annotations.NullMarked;
