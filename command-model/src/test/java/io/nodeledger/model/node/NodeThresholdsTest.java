package io.nodeledger.model.node;

import static io.nodeledger.model.InMemoryLedger.MEDIUM;
import static io.nodeledger.model.InMemoryLedger.NOW;

import io.nodeledger.events.node.NodeCommand.SetNodeThresholds;
import io.nodeledger.events.node.NodeCommand.UpdateNode;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeDeleted;
import io.nodeledger.events.node.NodeEvent.NodeDeletionStarted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.node.SettingsAnswer;
import io.nodeledger.events.node.SettingsEvent.NodeThresholdsChanged;
import io.nodeledger.events.node.Threshold;
import io.nodeledger.events.node.Thresholds;
import io.nodeledger.events.node.VersionCondition;
import io.nodeledger.events.refusal.Refusal;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.junit.jupiter.api.Test;

/** A node is told of how much of its resources it may use. */
class NodeThresholdsTest {
    private static final String NODE = "node-1";
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final Thresholds CPU = new Thresholds(new Threshold(new BigDecimal("80"), 60), null, null);
    private static final Thresholds CPU_AND_STORAGE =
            new Thresholds(new Threshold(new BigDecimal("80"), 60), null, new Threshold(new BigDecimal("70.5"), 0));

    private final AggregateTestFixture<Node> fixture = new AggregateTestFixture<>(Node.class);

    @Test
    void thresholdsAreSetInAnyStateAndBesideAnOperation() {
        fixture.given(provisioning())
                .when(set(CPU))
                .expectEvents(new NodeThresholdsChanged(NODE, "ws-1", CPU, LATER))
                .expectResultMessagePayload(new SettingsAnswer.Settled(1));
        fixture.given(deleting()).when(set(CPU)).expectEvents(new NodeThresholdsChanged(NODE, "ws-1", CPU, LATER));
    }

    @Test
    void theSameAgainIsNoEventHoweverItIsWritten() {
        var same = new Thresholds(new Threshold(new BigDecimal("80.0"), 60), null, null);

        fixture.given(with(CPU))
                .when(set(same))
                .expectNoEvents()
                .expectResultMessagePayload(new SettingsAnswer.Settled(1));
    }

    @Test
    void whatIsLeftOutIsSetNoLonger() {
        fixture.given(with(CPU_AND_STORAGE))
                .when(set(CPU))
                .expectEvents(new NodeThresholdsChanged(NODE, "ws-1", CPU, LATER));
        fixture.given(with(CPU))
                .when(set(Thresholds.NONE))
                .expectEvents(new NodeThresholdsChanged(NODE, "ws-1", Thresholds.NONE, LATER));
        fixture.given(provisioning()).when(set(Thresholds.NONE)).expectNoEvents();
    }

    @Test
    void aDeletedNodeAndAnotherWorkspacesNodeAreNotFound() {
        var notFound = new SettingsAnswer.Refused(new Refusal.NotFound("node", NODE));

        fixture.given(and(deleting(), new NodeDeleted(NODE, "ws-1", "task-2", "prod-1", NOW)))
                .when(set(CPU))
                .expectNoEvents()
                .expectResultMessagePayload(notFound);
        fixture.given(provisioning())
                .when(new SetNodeThresholds(NODE, "ws-2", CPU, VersionCondition.ANY, LATER))
                .expectNoEvents()
                .expectResultMessagePayload(notFound);
    }

    @Test
    void aChangeIsAVersionOfTheNodeThatOnlyItsReaderMayReplace() {
        fixture.given(with(CPU))
                .when(new SetNodeThresholds(NODE, "ws-1", CPU_AND_STORAGE, version(0), LATER))
                .expectNoEvents()
                .expectResultMessagePayload(new SettingsAnswer.Refused(new Refusal.PreconditionFailed(NODE)));
        fixture.given(with(CPU))
                .when(new SetNodeThresholds(NODE, "ws-1", CPU_AND_STORAGE, version(1), LATER))
                .expectEvents(new NodeThresholdsChanged(NODE, "ws-1", CPU_AND_STORAGE, LATER));
    }

    @Test
    void theyEndNoOperation() {
        fixture.given(with(CPU))
                .when(new UpdateNode(
                        NODE,
                        "ws-1",
                        "op-2",
                        Map.of("team", Optional.of("backend")),
                        null,
                        VersionCondition.ANY,
                        5,
                        LATER))
                .expectNoEvents()
                .expectResultMessagePayload(new OperationAnswer.Refused(new Refusal.OperationInProgress("task-1")));
    }

    private static SetNodeThresholds set(Thresholds thresholds) {
        return new SetNodeThresholds(NODE, "ws-1", thresholds, VersionCondition.ANY, LATER);
    }

    private static VersionCondition version(long sequence) {
        return VersionCondition.oneOf(Set.of(sequence));
    }

    private static List<NodeEvent> with(Thresholds thresholds) {
        return and(provisioning(), new NodeThresholdsChanged(NODE, "ws-1", thresholds, NOW));
    }

    private static List<NodeEvent> provisioning() {
        return List.of(new NodeProvisioningStarted(
                NODE,
                "ws-1",
                "task-1",
                "prod-1",
                "us-west-2",
                "proxmox",
                MEDIUM,
                Map.of(),
                List.of(),
                new BigDecimal("86.40"),
                NOW,
                NOW));
    }

    private static List<NodeEvent> deleting() {
        return and(
                provisioning(),
                new NodeDeletionStarted(NODE, "ws-1", "task-2", NodeStatus.PROVISIONING, true, 300, NOW, NOW));
    }

    private static List<NodeEvent> and(List<NodeEvent> history, NodeEvent... more) {
        return Stream.concat(history.stream(), Stream.of(more)).toList();
    }
}
