package io.nodeledger.provisioner.region;

import java.time.Duration;

/** Is told how long each call to a region's provider took. */
@FunctionalInterface
public interface CallTimer {
    /** Tells nobody. */
    CallTimer NONE = (_, _, _) -> {};

    /**
     * A call has ended.
     *
     * @param operation what was asked for, one of few words
     * @param outcome {@code ok}, or what kind of failure it was, one of few words
     */
    void took(String operation, String outcome, Duration time);
}
