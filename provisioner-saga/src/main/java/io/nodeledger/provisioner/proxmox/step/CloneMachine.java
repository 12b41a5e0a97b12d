package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure;
import io.nodeledger.provisioner.proxmox.client.ProxmoxFailure.Kind;
import io.nodeledger.provisioner.proxmox.client.TaskStatus;
import io.nodeledger.provisioner.proxmox.cluster.Machines;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.cluster.Sighting;
import io.nodeledger.provisioner.proxmox.placement.MachineIds;
import java.time.Duration;
import java.util.Optional;

/**
 * Makes the machine as a full clone of the template under its recorded id, or adopts the one that an earlier attempt
 * made, whatever became of that attempt's answer (source: drivers, "Provisioning recipe").
 */
public final class CloneMachine implements MachineStep.Action {
    private static final Duration QUEUED = Duration.ofSeconds(1);

    private final ProxmoxRegions regions;
    private final MachineIds ids;
    private final ProviderTasks tasks;
    private final CloneSlots slots;
    private final CloneRequest request;
    private final HalfMadeMachine halfMade;

    public CloneMachine(ProxmoxRegions regions, MachineIds ids, ProviderTasks tasks) {
        this.regions = regions;
        this.ids = ids;
        this.tasks = tasks;
        this.slots = new CloneSlots(ids);
        this.request = new CloneRequest(ids, tasks);
        this.halfMade = new HalfMadeMachine(ids, tasks);
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) throws InterruptedException {
        ProxmoxRegion region = regions.region(node.region());
        Placement placement = Missing.placement(node);
        Optional<TaskStatus> earlier = tasks.resume(region.client(), node, Step.CLONE);
        if (earlier.isPresent() && earlier.get().running()) {
            slots.renew(region, placement, node.nodeId());
            return cloning(attempt);
        }
        if (earlier.isPresent() && !earlier.get().succeeded()) {
            slots.free(region, placement, node.nodeId());
            return afterFailure(region, node, placement, earlier.get().failure());
        }
        if (mayExist(region, node)) {
            Sighting found = Machines.find(region, node.nodeId(), placement);
            if (!(found instanceof Sighting.Absent)) {
                return found(found, region, node, placement, attempt);
            }
        }
        return underSlot(region, node, placement, attempt);
    }

    /** Hundreds may wait for their turn. Those that have not asked for anything yet need not look at the cluster for it. */
    private boolean mayExist(ProxmoxRegion region, NodeFacts node) {
        return ProviderTasks.recorded(node, Step.CLONE).isPresent()
                || ids.unansweredSince(region.id(), node.nodeId()).isPresent();
    }

    private StepResult underSlot(ProxmoxRegion region, NodeFacts node, Placement placement, Attempt attempt)
            throws InterruptedException {
        if (!slots.take(region, placement, node.nodeId())) {
            return new StepResult.Queued("Another clone of the template is being made", QUEUED);
        }
        boolean goesOn = false;
        try {
            Sighting found = Machines.find(region, node.nodeId(), placement);
            if (!(found instanceof Sighting.Absent)) {
                return found(found, region, node, placement, attempt);
            }
            TaskStatus status = request.send(region, node, placement, attempt);
            goesOn = status.running();
            if (goesOn) {
                return cloning(attempt);
            }
            return status.succeeded() ? StepResult.done() : afterFailure(region, node, placement, status.failure());
        } catch (ProxmoxFailure failure) {
            return afterFailure(region, node, placement, failure);
        } finally {
            slots.pass(region, placement, node.nodeId(), goesOn);
        }
    }

    private StepResult found(Sighting found, ProxmoxRegion region, NodeFacts node, Placement placement, Attempt attempt)
            throws InterruptedException {
        return switch (found) {
            case Sighting.Absent absent -> StepResult.retry("The machine has gone since it was asked for");
            case Sighting.Ours ours -> adopt(region, node, placement, ours, attempt);
            case Sighting.Unmarked unmarked -> halfMade(region, node, placement, attempt);
            case Sighting.Foreign foreign -> taken(node, placement, foreign.reason());
        };
    }

    private StepResult adopt(
            ProxmoxRegion region, NodeFacts node, Placement placement, Sighting.Ours ours, Attempt attempt)
            throws InterruptedException {
        if ("clone".equals(ours.config().lock())) {
            return halfMade(region, node, placement, attempt);
        }
        slots.free(region, placement, node.nodeId());
        if (ours.config().rootDisk().isEmpty()) {
            return halfMade.remove(region, node, placement, attempt);
        }
        ids.cloneAnswered(region.id(), node.nodeId());
        return StepResult.done(ours.host().equals(placement.host()) ? "cloned" : "cloned, now on " + ours.host());
    }

    private StepResult halfMade(ProxmoxRegion region, NodeFacts node, Placement placement, Attempt attempt) {
        slots.renew(region, placement, node.nodeId());
        return halfMade.waitFor(region, node, placement, attempt);
    }

    /** A refused id is looked at again: the machine under it may be the very one that was asked for. */
    private StepResult afterFailure(ProxmoxRegion region, NodeFacts node, Placement placement, ProxmoxFailure failure) {
        return switch (failure.kind()) {
            case ID_TAKEN ->
                switch (Machines.find(region, node.nodeId(), placement)) {
                    case Sighting.Foreign foreign -> taken(node, placement, foreign.reason());
                    default -> StepResult.retry(String.valueOf(failure.getMessage()));
                };
            case ABSENT ->
                throw new ProxmoxFailure(
                        Kind.RETRY, "The template could not be cloned: " + failure.getMessage(), failure);
            default -> throw failure;
        };
    }

    private StepResult taken(NodeFacts node, Placement placement, String reason) {
        ids.burn(node.region(), node.nodeId(), placement.vmId());
        return new StepResult.Finished(new Outcome.IdTaken(placement.vmId(), reason));
    }

    private static StepResult cloning(Attempt attempt) {
        return StepResult.waiting("The template is being cloned", ProviderTasks.pause(attempt));
    }
}
