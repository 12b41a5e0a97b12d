package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.provisioner.activity.NodeStreams;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** What every pass works with, whatever its region. */
record Services(
        Tables tables,
        NodeReader nodes,
        NodeStreams streams,
        Reporter reporter,
        ProviderTasks tasks,
        ReconcilerSettings settings,
        InstantSource clock) {
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
