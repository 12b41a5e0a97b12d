package io.nodeledger.provisioner.proxmox.step;

import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.model.operation.OperationProgress;
import io.nodeledger.provisioner.activity.Attempt;
import io.nodeledger.provisioner.activity.MachineCondition;
import io.nodeledger.provisioner.activity.NodeFacts;
import io.nodeledger.provisioner.activity.Placement;
import io.nodeledger.provisioner.activity.RetiredMarks;
import io.nodeledger.provisioner.activity.RunningOperation;
import io.nodeledger.provisioner.activity.StepResult;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A node in an operation, folded from what its steps report, as the engine would do it from its stream. */
final class NodeUnderTest {
    final String id;
    private final String region;
    private final Map<Step, String> tasks = new EnumMap<>(Step.class);
    private final Set<Integer> burnt = new HashSet<>();
    private @Nullable Placement placement;
    boolean compensating;
    MachineCondition machine = MachineCondition.ON;
    /** What happens when a step is about to put a task on record, as it does when the task isn't seen to be done. */
    Runnable onTaskStarted = () -> {};

    NodeUnderTest(String id, String region) {
        this.id = id;
        this.region = region;
    }

    NodeFacts facts() {
        var specs = new NodeSpecs(4, 8, 100, "1Gbps", "x86_64");
        return new NodeFacts(
                id,
                "ws-demo",
                "worker",
                region,
                NodeStatus.PROVISIONING,
                new PlanTerms("dedicated-medium", BigDecimal.ONE, BigDecimal.ZERO, specs),
                Map.of(),
                List.of(),
                placement,
                Set.copyOf(burnt),
                null,
                null,
                RetiredMarks.NONE,
                new RunningOperation(
                        new OperationProgress("task-1", OperationType.PROVISION, compensating, Set.of(), null, 0, null),
                        false,
                        60,
                        machine,
                        Map.copyOf(tasks)));
    }

    int vmId() {
        return java.util.Objects.requireNonNull(placement).vmId();
    }

    /** The task that was last recorded for a step. */
    @Nullable
    String task(Step step) {
        return tasks.get(step);
    }

    /** What the stream says after a crash that lost everything since the last commit. */
    void forgetTask(Step step) {
        tasks.remove(step);
    }

    void apply(StepResult result) {
        if (result instanceof StepResult.Finished(Outcome outcome)) {
            switch (outcome) {
                case Outcome.Allocated made -> {
                    placement = new Placement(made.host(), made.vmId(), made.storage());
                    machine = MachineCondition.ON;
                }
                case Outcome.IdTaken taken -> {
                    burnt.add(taken.vmId());
                    placement = null;
                }
                default -> {}
            }
        }
    }

    Attempt attempt(Step step, int number, Instant startedAt) {
        return new Attempt() {
            @Override
            public int number() {
                return number;
            }

            @Override
            public Instant startedAt() {
                return startedAt;
            }

            @Override
            public Instant now() {
                return Instant.now();
            }

            @Override
            public void record(Outcome progress) {
                if (progress instanceof Outcome.TaskStarted(String upid)) {
                    onTaskStarted.run();
                    tasks.put(step, upid);
                }
            }

            @Override
            public void assertLease() {}
        };
    }
}
