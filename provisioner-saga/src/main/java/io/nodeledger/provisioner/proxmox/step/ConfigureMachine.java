package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.JoinSeeds;
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
import io.nodeledger.provisioner.proxmox.seed.NoCloudSeed;
import io.nodeledger.provisioner.proxmox.seed.SeedImage;
import java.util.Map;
import java.util.Optional;

/** Gives the machine its CPUs, memory, network, tags and the cloud-init seed with which it joins. */
public final class ConfigureMachine implements MachineStep.Action {
    private final ProxmoxRegions regions;
    private final JoinSeeds seeds;
    private final ProviderTasks tasks;

    public ConfigureMachine(ProxmoxRegions regions, JoinSeeds seeds, ProviderTasks tasks) {
        this.regions = regions;
        this.seeds = seeds;
        this.tasks = tasks;
    }

    @Override
    public StepResult ensure(NodeFacts node, Attempt attempt) throws InterruptedException {
        ProxmoxRegion region = regions.region(node.region());
        Placement placement = Missing.placement(node);
        return switch (Machines.find(region, node.nodeId(), placement)) {
            case Sighting.Absent absent -> Missing.vanished(placement);
            case Sighting.Foreign foreign -> Missing.foreign(placement, foreign);
            case Sighting.Unmarked unmarked -> LockedMachine.waiting(placement, "clone", attempt);
            case Sighting.Ours ours
            when ours.config().lock() != null ->
                LockedMachine.waiting(placement, ours.config().text("lock"), attempt);
            case Sighting.Ours ours -> configure(region, node, placement, ours, attempt);
        };
    }

    private StepResult configure(
            ProxmoxRegion region, NodeFacts node, Placement placement, Sighting.Ours ours, Attempt attempt)
            throws InterruptedException {
        Map<String, String> changes = WantedConfig.of(node, region).changesFrom(ours.config());
        if (changes.isEmpty()) {
            return StepResult.done();
        }
        Optional<TaskStatus> earlier = tasks.resume(region.client(), node, Step.CONFIGURE);
        if (earlier.isPresent() && earlier.get().running()) {
            return working(attempt);
        }
        if (earlier.isPresent() && !earlier.get().succeeded()) {
            throw earlier.get().failure();
        }
        if (!isUploaded(node, ours, earlier)) {
            TaskStatus upload = upload(region, node, ours, attempt);
            if (upload.running()) {
                return working(attempt);
            }
            if (!upload.succeeded()) {
                throw upload.failure();
            }
        }
        TaskStatus change = tasks.run(
                region.client(), attempt, () -> region.client().configure(ours.host(), placement.vmId(), changes));
        if (change.running()) {
            return working(attempt);
        }
        if (!change.succeeded()) {
            throw change.failure();
        }
        return StepResult.done();
    }

    /** A seed whose slow upload has ended need not be uploaded again, unless the machine has moved away from it. */
    private static boolean isUploaded(NodeFacts node, Sighting.Ours ours, Optional<TaskStatus> earlier) {
        boolean here = ProviderTasks.recorded(node, Step.CONFIGURE)
                .filter(task -> task.type().equals("imgcopy") && task.host().equals(ours.host()))
                .isPresent();
        return here && earlier.map(TaskStatus::succeeded).orElse(false);
    }

    private TaskStatus upload(ProxmoxRegion region, NodeFacts node, Sighting.Ours ours, Attempt attempt)
            throws InterruptedException {
        String mac = ours.config()
                .macAddress()
                .orElseThrow(() -> new ProxmoxFailure(
                        Kind.PERMANENT, "Template " + region.settings().template() + " has no network card net0"));
        byte[] image = SeedImage.of(NoCloudSeed.of(node, seeds.userDataFor(node, attempt::assertLease), mac));
        String file = NoCloudSeed.fileName(node.nodeId());
        return tasks.run(
                region.client(),
                attempt,
                () -> region.client().uploadIso(ours.host(), region.isoStorage(), file, image));
    }

    private static StepResult working(Attempt attempt) {
        return StepResult.waiting("The machine is being configured", ProviderTasks.pause(attempt));
    }
}
