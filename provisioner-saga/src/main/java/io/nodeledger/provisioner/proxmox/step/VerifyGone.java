package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.EnsureStep;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.client.ClusterListing;
import io.nodeledger.provisioner.proxmox.client.ClusterListing.HostRow;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.proxmox.cluster.Machines;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.cluster.Sighting;
import io.nodeledger.provisioner.proxmox.placement.MachineIds;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that the machine is nowhere in its cluster, then gives its id back. A clone whose answer never arrived may
 * still happen for a while: its end is waited for, and what turns up is removed. A kubelet may have registered between
 * the removal from Kubernetes and the moment its machine lost power, so that removal is done once more, now that nothing
 * can register any more.
 */
public final class VerifyGone implements MachineStep.Action {
    /** The server's own limit for a request is 30 s; after twice that an unanswered clone has happened or never will. */
    private static final Duration SETTLED = Duration.ofSeconds(60);

    private final ProxmoxRegions regions;
    private final MachineIds ids;
    private final MachineRemoval removal;
    private final EnsureStep removeFromKubernetes;

    public VerifyGone(ProxmoxRegions regions, MachineIds ids, ProviderTasks tasks, EnsureStep removeFromKubernetes) {
        this.regions = regions;
        this.ids = ids;
        this.removal = new MachineRemoval(tasks);
        this.removeFromKubernetes = removeFromKubernetes;
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) throws InterruptedException {
        Placement placement = node.placement();
        if (placement == null) {
            return unregistered(node, attempt, () -> release(node, "there is no machine"));
        }
        ProxmoxRegion region = regions.region(node.region());
        Optional<StepResult> unfinished = removal.round(region, node, placement, Step.VERIFY_GONE, attempt);
        if (unfinished.isPresent()) {
            return unfinished.get();
        }
        Optional<Duration> unanswered = ids.unansweredSince(region.id(), node.nodeId());
        if (unanswered.isPresent() && unanswered.get().compareTo(SETTLED) < 0) {
            return StepResult.waiting(
                    "A clone was asked for and never answered; it may still turn up", ProviderTasks.pause(attempt));
        }
        return verified(region, node, placement, attempt);
    }

    private StepResult verified(ProxmoxRegion region, NodeFacts node, Placement placement, Attempt attempt)
            throws InterruptedException {
        ClusterListing listing = region.client().listing();
        if (listing.machine(placement.vmId()).isPresent()) {
            return listed(region, node, placement, attempt);
        }
        for (HostRow host : listing.hosts()) {
            if (host.online() && !isAbsent(region, host.host(), placement.vmId())) {
                return StepResult.retry("Machine " + placement.vmId() + " is not listed but still on " + host.host());
            }
        }
        return unregistered(node, attempt, () -> release(node, null));
    }

    /** Something is there: somebody else's machine is fine, one that has just turned up is not. */
    private StepResult listed(ProxmoxRegion region, NodeFacts node, Placement placement, Attempt attempt)
            throws InterruptedException {
        if (Machines.find(region, node.nodeId(), placement) instanceof Sighting.Foreign foreign) {
            return unregistered(node, attempt, () -> {
                ids.burn(region.id(), node.nodeId(), placement.vmId());
                return release(node, "machine " + placement.vmId() + " was left alone: " + foreign.reason());
            });
        }
        return StepResult.retry("Machine " + placement.vmId() + " has turned up again");
    }

    /** The id is given back last: until then the node's name in Kubernetes and its machine belong together. */
    private StepResult unregistered(NodeFacts node, Attempt attempt, Supplier<StepResult> end)
            throws InterruptedException {
        StepResult removed = removeFromKubernetes.ensure(node, attempt);
        return removed instanceof StepResult.Finished(Outcome.Done _) ? end.get() : removed;
    }

    private StepResult release(NodeFacts node, @Nullable String detail) {
        ids.release(node.region(), node.nodeId());
        return new StepResult.Finished(new Outcome.Done(detail));
    }

    private static boolean isAbsent(ProxmoxRegion region, String host, int vmId) {
        try {
            region.client().config(host, vmId);
            return false;
        } catch (ProxmoxFailure failure) {
            if (failure.kind() == Kind.ABSENT) {
                return true;
            }
            throw failure;
        }
    }
}
