package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.events.node.Observation;
import io.nodeledger.events.node.ObservationAnswer;
import io.nodeledger.provisioner.reconciliation.DriftTable.Removal;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done about machines and Kubernetes nodes that no live node owns. That a removal is asked for is written down
 * first, so that it is recorded on its node even if this instance dies right after it.
 */
final class StrayFindings {
    private static final Logger LOG = LoggerFactory.getLogger(StrayFindings.class);

    private final Services services;
    private final StrayMachines machines;
    private final StrayKubernetesNodes kubernetes;
    private final Listings listings;
    private final String region;
    private final Guard guard;
    private final String requestId;

    StrayFindings(Services services, RegionClients clients, Listings listings, Guard guard, String requestId) {
        this.services = services;
        this.machines = new StrayMachines(clients.proxmox(), services.nodes(), services.tasks());
        this.kubernetes = new StrayKubernetesNodes(
                clients.kubernetes(),
                services.nodes(),
                vmId -> listings.machines().machine(vmId).isPresent());
        this.listings = listings;
        this.region = clients.proxmox().id();
        this.guard = guard;
        this.requestId = requestId;
    }

    /** Finds out what it is; empty when it is nothing after all. */
    Optional<Finding> look(Finding finding) {
        return switch (closer(finding.suspicion())) {
            case Look.Told told -> {
                services.tables().drift().found(finding.id(), told, services.now());
                KnownNode node = told.node();
                yield Optional.of(finding.as(told.kind(), node == null ? null : node.nodeId()));
            }
            case Look.Nothing _ -> {
                services.tables().drift().drop(finding.id());
                yield Optional.empty();
            }
            case Look.Seen _, Look.Unclear _ -> Optional.of(finding);
        };
    }

    private Look closer(Suspicion suspicion) {
        return suspicion.kind() == DriftKind.STRAY_MACHINE
                ? machines.at(vmId(suspicion), String.valueOf(suspicion.host()))
                : kubernetes.at(String.valueOf(suspicion.kubernetesName()), String.valueOf(suspicion.nodeId()));
    }

    /** Removes it if it is an orphan; what it was is recorded on its node once it is gone. */
    void remove(Finding finding) throws InterruptedException {
        String nodeId = finding.orphanOf();
        if (nodeId == null) {
            return;
        }
        services.tables().drift().removalAsked(finding.id(), services.now());
        Suspicion suspicion = finding.suspicion();
        if (finding.kind() == DriftKind.ORPHAN_MACHINE) {
            String host = String.valueOf(suspicion.host());
            Optional<String> unfinished = machines.remove(vmId(suspicion), host, nodeId, guard);
            if (unfinished.isEmpty()) {
                record(finding.id(), nodeId, new Observation.OrphanMachineRemoved(vmId(suspicion), host));
            } else {
                services.tables()
                        .drift()
                        .found(finding.id(), new Look.Told(finding.kind(), unfinished.get()), services.now());
            }
        } else {
            String name = String.valueOf(suspicion.kubernetesName());
            if (kubernetes.remove(name, nodeId, guard)) {
                String uid = String.valueOf(suspicion.kubernetesUid());
                record(finding.id(), nodeId, new Observation.OrphanKubernetesNodeRemoved(name, uid));
            }
        }
    }

    /** Records the removals of earlier passes whose subjects are gone by now. */
    void conclude(Instant pass) {
        for (Removal removal : services.tables().drift().doneRemovals(region, pass)) {
            if (removal.kind() == DriftKind.ORPHAN_MACHINE
                    && listings.machines().machine(removal.vmId()).isPresent()) {
                services.tables().drift().drop(removal.id());
            } else {
                record(removal.id(), removal.nodeId(), removal.observation());
            }
        }
    }

    private void record(long id, String nodeId, Observation observation) {
        guard.assertHeld();
        var node = services.nodes().read(nodeId).orElseThrow();
        ObservationAnswer answer = services.reporter().report(node, observation, requestId);
        if (answer == ObservationAnswer.RECORDED) {
            LOG.info("{}: {}", nodeId, observation);
        }
        services.tables().drift().repaired(id, "Left over from " + nodeId + "; removed");
    }

    private static int vmId(Suspicion suspicion) {
        return Objects.requireNonNull(suspicion.vmId(), "it is about a machine");
    }
}
