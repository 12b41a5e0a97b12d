package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.EnsureStep;
import io.nodeledger.provisioner.activity.JoinSeeds;
import io.nodeledger.provisioner.activity.StepLimits;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.placement.MachineIds;
import io.nodeledger.provisioner.proxmox.placement.RegionRoom;
import java.time.Duration;
import java.util.List;

/** All steps at Proxmox VE with their bounds. Removals are given the most time: what they leave behind costs money. */
public final class MachineSteps {
    private MachineSteps() {}

    /**
     * The steps, ready to run.
     *
     * @param removeFromKubernetes done once more when the machine is known to be gone
     */
    public static List<EnsureStep> of(
            ProxmoxRegions regions,
            MachineIds ids,
            RegionRoom room,
            JoinSeeds seeds,
            ProviderTasks tasks,
            EnsureStep removeFromKubernetes) {
        return List.of(
                step(Step.ALLOCATE, 5, 10, new AllocateMachine(regions, ids, room)),
                step(Step.CLONE, 20, 10, new CloneMachine(regions, ids, tasks)),
                step(Step.CONFIGURE, 5, 10, new ConfigureMachine(regions, seeds, tasks)),
                step(Step.RESIZE, 5, 10, new ResizeDisk(regions, tasks)),
                step(Step.BOOT, 5, 10, new BootMachine(regions, tasks)),
                step(Step.ADDRESS, 10, 10, new LearnAddress(regions)),
                step(Step.SHUT_DOWN, 10, 10, new ShutDownMachine(regions, tasks)),
                step(Step.INSPECT, 10, 60, new InspectMachine(regions)),
                step(Step.HALT, 30, 60, new HaltMachine(regions, tasks)),
                step(Step.DESTROY, 30, 60, new DestroyMachine(regions, tasks)),
                step(Step.VERIFY_GONE, 30, 60, new VerifyGone(regions, ids, tasks, removeFromKubernetes)));
    }

    private static EnsureStep step(Step step, int minutes, int attempts, MachineStep.Action action) {
        return new MachineStep(step, StepLimits.of(Duration.ofMinutes(minutes), attempts), action);
    }
}
