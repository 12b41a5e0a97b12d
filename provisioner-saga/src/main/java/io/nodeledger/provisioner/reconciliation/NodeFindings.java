package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.Observation;
import io.nodeledger.events.node.ObservationAnswer;
import io.nodeledger.provisioner.reconciliation.NodeReader.FreshNode;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done about a live node whose outside is not as its stream says: look closer, and tell the node. */
final class NodeFindings {
    private static final Logger LOG = LoggerFactory.getLogger(NodeFindings.class);

    private final Services services;
    private final MachineLook machines;
    private final KubernetesLook kubernetes;
    private final Guard guard;
    private final String requestId;

    NodeFindings(Services services, RegionClients clients, Listings listings, Guard guard, String requestId) {
        this.services = services;
        this.machines = new MachineLook(
                clients.proxmox(), listings.onlineHosts(), services.tables().sightings());
        this.kubernetes = new KubernetesLook(clients.kubernetes());
        this.guard = guard;
        this.requestId = requestId;
    }

    /** Looks, and tells the node if that is so which was suspected. */
    void settle(Finding finding) {
        Suspicion suspicion = finding.suspicion();
        if (suspicion.recorded()) {
            tell(finding, new Look.Told(suspicion.kind(), suspicion.detail()));
            return;
        }
        String nodeId = Objects.requireNonNull(suspicion.nodeId(), "it is about a node");
        Optional<FreshNode> node =
                services.nodes().read(nodeId).filter(fresh -> !fresh.node().isInFlight());
        if (node.isEmpty()) {
            services.tables().drift().drop(finding.id());
            return;
        }
        switch (look(node.get(), suspicion)) {
            case Look.Seen(Observation observation) -> {
                if (suspicion.isChange() && !finding.isChange()) {
                    // An earlier look ruled it out, so that the breaker has not been asked about it.
                    services.tables().drift().suspectAgain(finding.id());
                } else {
                    report(finding, node.get(), observation);
                }
            }
            case Look.Told told -> tell(finding, told);
            case Look.Nothing _ -> services.tables().drift().drop(finding.id());
            case Look.Unclear(String why) -> LOG.debug("{} stays unclear: {}", suspicion.subject(), why);
        }
    }

    /** A node that is stopped keeps its door closed. */
    private static boolean isBackOnARunningNode(FreshNode node, Observation observation) {
        return observation instanceof Observation.KubernetesNodePresent
                && node.node().status() == NodeStatus.RUNNING;
    }

    private Look look(FreshNode node, Suspicion suspicion) {
        return switch (suspicion.kind()) {
            case KUBERNETES_NODE_LOST, KUBERNETES_NODE_RENAMED, KUBERNETES_NODE_RECOVERED ->
                kubernetes.at(services.streams().read(node.node().nodeId()), suspicion);
            default -> machines.at(node.node(), suspicion);
        };
    }

    private void tell(Finding finding, Look.Told told) {
        services.tables().drift().found(finding.id(), told, services.now());
    }

    private void report(Finding finding, FreshNode node, Observation observation) {
        guard.assertHeld();
        Suspicion suspicion = finding.suspicion();
        if (observation instanceof Observation.MachineOn || isBackOnARunningNode(node, observation)) {
            kubernetes.bringUpToDate(services.streams().read(node.node().nodeId()), guard);
        }
        if (services.reporter().report(node, observation, requestId) == ObservationAnswer.NO_LONGER_FITS) {
            LOG.debug("{} has gone on before {} was recorded", suspicion.subject(), suspicion.kind());
            return;
        }
        LOG.info("{}: {} is recorded: {}", node.node().nodeId(), suspicion.kind(), suspicion.detail());
        switch (suspicion.kind()) {
            case KUBERNETES_NODE_LOST, KUBERNETES_NODE_RENAMED ->
                tell(finding, new Look.Told(suspicion.kind(), suspicion.detail()));
            case KUBERNETES_NODE_RECOVERED -> services.tables().drift().drop(finding.id());
            default -> services.tables().drift().repaired(finding.id(), suspicion.detail() + "; its node knows now");
        }
    }
}
