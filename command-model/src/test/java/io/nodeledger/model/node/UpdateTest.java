package io.nodeledger.model.node;

import static io.nodeledger.model.InMemoryLedger.NOW;
import static io.nodeledger.model.InMemoryLedger.delete;
import static io.nodeledger.model.InMemoryLedger.provision;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.NodeCommand.UpdateNode;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.Taint;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateFailed;
import io.nodeledger.events.node.UpdateEvent.NodeUpdateStarted;
import io.nodeledger.events.node.UpdateEvent.NodeUpdated;
import io.nodeledger.events.node.VersionCondition;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.model.InMemoryLedger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Labels and taints of a node are changed; it carries {@code team=backend} at first. */
class UpdateTest {
    private static final Taint TAINT = new Taint("dedicated", "backend", "NoSchedule");

    private final InMemoryLedger ledger = InMemoryLedger.withWorkspace("ws-1", 5, "100");

    @BeforeEach
    void aRunningNode() {
        ledger.send(provision("ws-1", "node-1", "prod-1"));
        for (Step step : OperationType.PROVISION.steps()) {
            ledger.report(
                    "node-1",
                    "task-of-node-1",
                    step,
                    switch (step) {
                        case ALLOCATE -> new Outcome.Allocated("pve1", 100, "local");
                        case ADDRESS -> new Outcome.Addressed("10.0.0.1", null);
                        case READY ->
                            new Outcome.Ready(new KubernetesFacts(
                                    "n", "uid", Map.of(), Map.of(), "6.8", "Ubuntu", "containerd", "v1.36.0"));
                        default -> new Outcome.Done(null);
                    });
        }
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void labelsAreMergedAndTaintsReplaced() {
        update("op-1", Map.of("team", Optional.empty(), "tier", Optional.of("gold")), List.of(TAINT));

        assertThat(last()).isInstanceOfSatisfying(NodeUpdateStarted.class, started -> {
            assertThat(started.labels()).isEqualTo(Map.of("tier", "gold"));
            assertThat(started.taints()).containsExactly(TAINT);
        });
        ledger.report("node-1", "op-1", Step.RELABEL, new Outcome.Done(null));
        assertThat(last()).isInstanceOf(NodeUpdated.class);
    }

    @Test
    void whatTheNodeHasAlreadyIsNoOperation() {
        assertThat(update("op-1", Map.of("team", Optional.of("backend")), null))
                .isInstanceOfSatisfying(
                        OperationAnswer.Unchanged.class,
                        unchanged -> assertThat(unchanged.status()).isEqualTo(NodeStatus.RUNNING));
    }

    @Test
    void whatTheClusterDoesNotTakeIsTakenBack() {
        update("op-1", Map.of("team", Optional.of("frontend")), List.of(TAINT));
        ledger.report("node-1", "op-1", Step.RELABEL, new Outcome.Failed("PROVIDER_REFUSED", "no"));

        assertThat(last()).isInstanceOfSatisfying(NodeUpdateFailed.class, failed -> {
            assertThat(failed.labels()).isEqualTo(Map.of("team", "backend"));
            assertThat(failed.taints()).isEmpty();
        });
        assertThat(update("op-2", Map.of("team", Optional.of("backend")), null))
                .as("it has its old labels again")
                .isInstanceOf(OperationAnswer.Unchanged.class);
    }

    @Test
    void whatADeletionPreemptsIsTakenBack() {
        update("op-1", Map.of("team", Optional.of("frontend")), null);
        ledger.send(delete("ws-1", "node-1", false));

        assertThat(ledger.nodeEvents("node-1"))
                .anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(NodeUpdateFailed.class, failed -> {
                    assertThat(failed.labels()).isEqualTo(Map.of("team", "backend"));
                    assertThat(failed.code()).isEqualTo("OPERATION_CANCELLED");
                }));
        assertThat(last())
                .isInstanceOfSatisfying(
                        NodeDeletionStarted.class,
                        started -> assertThat(started.formerStatus()).isEqualTo(NodeStatus.RUNNING));
    }

    @Test
    void whatNobodyCanBringToTheClusterIsNoReasonToGiveTheNodeUp() {
        update("op-1", Map.of("team", Optional.of("frontend")), null);
        ledger.report("node-1", "op-1", Step.RELABEL, new Outcome.Stuck("UNEXPECTED_ERROR", "see the log"));

        assertThat(last()).isInstanceOf(NodeUpdateFailed.class);
    }

    @Test
    void aNodeHasNoMoreLabelsThanItMay() {
        var many = IntStream.range(0, 64).boxed().collect(Collectors.toMap(i -> "label" + i, _ -> Optional.of("x")));

        assertThat(update("op-1", many, null))
                .isEqualTo(new OperationAnswer.Refused(new Refusal.TooManyLabels(65, 64)));
    }

    private OperationAnswer update(
            String operationId, Map<String, Optional<String>> labels, @Nullable List<Taint> taints) {
        return ledger.send(new UpdateNode("node-1", "ws-1", operationId, labels, taints, VersionCondition.ANY, 5, NOW));
    }

    private NodeEvent last() {
        return ledger.nodeEvents("node-1").getLast();
    }
}
