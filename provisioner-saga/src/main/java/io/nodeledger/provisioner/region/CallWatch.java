package io.nodeledger.provisioner.region;

import io.nodeledger.base.tracing.Tracing;

/**
 * What is to be known of the calls to one region's provider.
 *
 * @param timer how long they take, and how they end
 * @param tracing what they are made for
 */
public record CallWatch(CallTimer timer, Tracing tracing) {
    /** Nobody looks. */
    public static final CallWatch NONE = new CallWatch(CallTimer.NONE, Tracing.NONE);
}
