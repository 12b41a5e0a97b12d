package io.nodeledger.provisioner.proxmox.step;

import static org.awaitility.Awaitility.await;

import io.nodeledger.events.operation.Step;
import io.nodeledger.provisioner.activity.EnsureStep;
import io.nodeledger.provisioner.activity.StepResult;
import io.nodeledger.provisioner.proxmox.cluster.ProviderTasks;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegion;
import io.nodeledger.provisioner.proxmox.cluster.ProxmoxRegions;
import io.nodeledger.provisioner.proxmox.placement.MachineIds;
import io.nodeledger.provisioner.proxmox.placement.PlacementSettings;
import io.nodeledger.provisioner.proxmox.placement.ProvisionerDatabase;
import io.nodeledger.provisioner.proxmox.placement.RegionRoom;
import io.nodeledger.provisioner.region.RegionsSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** The steps of one instance against one cluster, run as the engine runs them. */
final class StepsUnderTest implements AutoCloseable {
    static final String REGION = "us-west-2";

    final ProxmoxRegions regions;
    final MachineIds ids;
    final RemovedFromKubernetes removedFromKubernetes = new RemovedFromKubernetes();
    private final Map<Step, EnsureStep> steps = new EnumMap<>(Step.class);

    StepsUnderTest(RegionsSettings.Proxmox settings, ProvisionerDatabase database) {
        regions = new ProxmoxRegions(TestRegions.with(REGION, settings));
        ids = database.machineIds();
        var room = new RegionRoom(new PlacementSettings(4, 1, Duration.ofSeconds(5)));
        for (EnsureStep step : MachineSteps.of(
                regions,
                ids,
                room,
                (node, _) -> "#cloud-config\nhostname: " + node.nodeId() + "\n",
                new ProviderTasks(),
                removedFromKubernetes)) {
            steps.put(step.step(), step);
        }
    }

    ProxmoxRegion region() {
        return regions.region(REGION);
    }

    /** One call of a step. */
    StepResult once(NodeUnderTest node, Step step, int attempt) throws InterruptedException {
        StepResult result = Objects.requireNonNull(steps.get(step))
                .ensure(node.facts(), node.attempt(step, attempt, Instant.now()));
        node.apply(result);
        return result;
    }

    /** A step until it ends, good or bad. */
    StepResult run(NodeUnderTest node, Step step) {
        var attempt = new AtomicInteger(1);
        var last = new AtomicReference<StepResult>(StepResult.retry("not started"));
        Instant startedAt = Instant.now();
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> {
                    StepResult result = Objects.requireNonNull(steps.get(step))
                            .ensure(node.facts(), node.attempt(step, attempt.get(), startedAt));
                    if (result instanceof StepResult.RetryLater) {
                        attempt.incrementAndGet();
                    }
                    last.set(result);
                    return result instanceof StepResult.Finished || result instanceof StepResult.Stuck;
                });
        StepResult ended = Objects.requireNonNull(last.get());
        node.apply(ended);
        return ended;
    }

    void run(NodeUnderTest node, Step... several) {
        for (Step step : several) {
            run(node, step);
        }
    }

    @Override
    public void close() {
        try {
            regions.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
