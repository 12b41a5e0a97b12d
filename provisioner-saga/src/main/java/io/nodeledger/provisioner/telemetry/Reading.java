package io.nodeledger.provisioner.telemetry;

import io.nodeledger.provisioner.proxmox.client.MachineFigures;
import java.time.Duration;
import java.time.Instant;
import java.util.OptionalDouble;

/** A machine's figures and when they were asked for. */
record Reading(Instant at, MachineFigures figures) {
    /** Hypervisors tell figures that are seconds old; then the uptime, in whole seconds, says when they held. */
    private static final double UPTIME_IS_TOLD_TO = 2;

    /** The seconds between two readings of one run of a machine; empty across a start, or when nothing new was told. */
    OptionalDouble secondsSince(Reading before) {
        double passed = Duration.between(before.at, at).toNanos() / 1e9;
        long ran = figures.uptimeSeconds() - before.figures.uptimeSeconds();
        if (ran < 0 || passed <= 0) {
            return OptionalDouble.empty();
        }
        if (Math.abs(passed - (double) ran) <= UPTIME_IS_TOLD_TO) {
            return OptionalDouble.of(passed);
        }
        return ran == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) ran);
    }
}
