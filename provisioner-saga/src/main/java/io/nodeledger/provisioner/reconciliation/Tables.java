package io.nodeledger.provisioner.reconciliation;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What the reconciler remembers from pass to pass, whichever instance makes them. */
record Tables(KnownNodes nodes, DriftTable drift, Sightings sightings, RegionStates regions) {
    static Tables of(JdbcClient jdbc) {
        return new Tables(new KnownNodes(jdbc), new DriftTable(jdbc), new Sightings(jdbc), new RegionStates(jdbc));
    }
}
