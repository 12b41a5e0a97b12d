package io.nodeledger.provisioner.reconciliation;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.nodeledger.base.messaging.Outages;
import io.nodeledger.events.identity.Ids;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.reconciliation.RegionStates.Acceptance;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One pass over a region: list, compare, look closer at what is confirmed, and only then, when the breaker does not
 * object, act. Nothing here is done for nodes that are as they should be.
 */
final class Pass {
    private static final Logger LOG = LoggerFactory.getLogger(Pass.class);
    /** Closer looks of one pass at what changes nothing; the others' turn comes in the next passes. */
    private static final int LOOKS = 200;

    private final RegionClients clients;
    private final Services services;
    private final Tables tables;
    private final String region;
    private final Guard guard;

    Pass(RegionClients clients, Services services, Guard guard) {
        this.clients = clients;
        this.services = services;
        this.tables = services.tables();
        this.region = clients.proxmox().id();
        this.guard = guard;
    }

    void run() throws InterruptedException {
        Instant at = services.now();
        tables.regions().begin(region);
        Listings listings;
        try {
            listings = Listings.read(clients.proxmox(), clients.kubernetes(), tables.nodes(), at);
        } catch (UntrustedListing untrusted) {
            stopIfInterrupted();
            open(String.valueOf(untrusted.getMessage()), List.of());
            return;
        }
        guard.assertHeld();
        tables.sightings().seen(region, listings.machines().machineIds(), at);
        List<Finding> noted = tables.drift().note(region, listings.compare(clients.proxmox()), at);
        @Nullable Acceptance accepted = tables.regions().accepted(region);
        String requestId = accepted == null ? Ids.task().replace("task-", "pass-") : accepted.requestId();
        var strays = new StrayFindings(services, clients, listings, guard, requestId);
        List<Finding> findings = lookAtStrays(noted, strays);
        var plan = Breaker.Plan.of(findings, listings.onlineHosts()::contains);
        Optional<String> objection =
                new Breaker(services.settings()).objection(plan, listings.liveNodes(), accepted, at);
        if (objection.isPresent()) {
            open(objection.get(), findings.stream().filter(Finding::isChange).toList());
            return;
        }
        act(findings, new NodeFindings(services, clients, listings, guard, requestId), strays);
        strays.conclude(at);
        close();
    }

    /** What a stray is decides whether it counts as a change, so that is found out before the breaker is asked. */
    private List<Finding> lookAtStrays(List<Finding> noted, StrayFindings strays) throws InterruptedException {
        var findings = new ArrayList<Finding>();
        int looks = 0;
        for (Finding finding : byTurn(noted)) {
            if (finding.suspicion().isStray() && isConfirmed(finding) && ++looks <= LOOKS) {
                carefully(finding, () -> strays.look(finding).ifPresent(findings::add));
            } else {
                findings.add(finding);
            }
        }
        return findings;
    }

    private void act(List<Finding> findings, NodeFindings nodes, StrayFindings strays) throws InterruptedException {
        int looks = 0;
        for (Finding finding : byTurn(findings)) {
            if (finding.suspicion().isStray()) {
                carefully(finding, () -> strays.remove(finding));
            } else if (isConfirmed(finding) && (finding.isChange() || ++looks <= LOOKS)) {
                carefully(finding, () -> nodes.settle(finding));
            }
        }
    }

    private boolean isConfirmed(Finding finding) {
        return finding.passes() >= services.settings().confirmations();
    }

    private static List<Finding> byTurn(List<Finding> findings) {
        return findings.stream()
                .sorted(Comparator.comparing(Finding::lookedAt, Comparator.nullsFirst(Comparator.naturalOrder())))
                .toList();
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    /** A provider that does not answer, or one broken row, must not keep the others from being dealt with. */
    private static void carefully(Finding finding, Work work) throws InterruptedException {
        String subject = finding.suspicion().subject();
        try {
            work.run();
        } catch (ProxmoxFailure | KubernetesClientException unclear) {
            stopIfInterrupted();
            LOG.debug("{} stays unclear: {}", subject, unclear.getMessage());
        } catch (Guard.Overtaken overtaken) {
            throw overtaken;
        } catch (RuntimeException failure) {
            if (Outages.explain(failure)) {
                throw failure;
            }
            LOG.error("{} can't be dealt with", subject, failure);
        }
    }

    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("The instance shuts down");
        }
    }

    private void open(String reason, List<Finding> changes) {
        if (tables.regions().openBecause(region).isEmpty()) {
            LOG.warn("Nothing is put right in region {} until this is over: {}", region, reason);
        }
        tables.drift().heldBack(changes);
        tables.regions().open(region, reason, changes.size(), services.now());
    }

    private void close() {
        if (tables.regions().openBecause(region).isPresent()) {
            LOG.info("Differences in region {} are put right again", region);
        }
        tables.regions().passed(region, services.now());
    }
}
