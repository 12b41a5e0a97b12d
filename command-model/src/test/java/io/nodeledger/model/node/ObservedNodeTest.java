package io.nodeledger.model.node;

import static io.nodeledger.model.InMemoryLedger.NOW;
import static io.nodeledger.model.InMemoryLedger.delete;
import static io.nodeledger.model.node.NodeHistory.FACTS;
import static io.nodeledger.model.node.NodeHistory.NODE;
import static io.nodeledger.model.node.NodeHistory.TASK;
import static io.nodeledger.model.node.NodeHistory.and;
import static io.nodeledger.model.node.NodeHistory.deleted;
import static io.nodeledger.model.node.NodeHistory.deletionStarted;
import static io.nodeledger.model.node.NodeHistory.facts;
import static io.nodeledger.model.node.NodeHistory.provisioning;
import static io.nodeledger.model.node.NodeHistory.running;
import static io.nodeledger.model.node.NodeHistory.stopped;

import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.HealthEvent.HealthCheckFailed;
import io.nodeledger.events.node.HealthEvent.HealthRecovered;
import io.nodeledger.events.node.HealthEvent.ThresholdCleared;
import io.nodeledger.events.node.HealthEvent.ThresholdExceeded;
import io.nodeledger.events.node.NodeCommand.RecordObservation;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeLost;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeRecovered;
import io.nodeledger.events.node.NodeEvent.KubernetesNodeRenamed;
import io.nodeledger.events.node.NodeEvent.MachineFoundOff;
import io.nodeledger.events.node.NodeEvent.MachineFoundOn;
import io.nodeledger.events.node.NodeEvent.MachineIdBurnt;
import io.nodeledger.events.node.NodeEvent.MachineMigrated;
import io.nodeledger.events.node.NodeEvent.OrphanKubernetesNodeRemoved;
import io.nodeledger.events.node.NodeEvent.OrphanMachineRemoved;
import io.nodeledger.events.node.NodeResource;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.Observation;
import io.nodeledger.events.node.ObservationAnswer;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.model.workspace.Workspace;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.axonframework.eventsourcing.EventSourcingRepository;
import org.axonframework.test.aggregate.AggregateTestFixture;
import org.axonframework.test.aggregate.ResultValidator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a node makes of what was seen of it outside. */
class ObservedNodeTest {
    private static final Instant SEEN = NOW.plusSeconds(100);

    private final AggregateTestFixture<Node> fixture = new AggregateTestFixture<>(Node.class);

    @BeforeEach
    void recordObservations() {
        var workspaces = EventSourcingRepository.builder(Workspace.class)
                .eventStore(fixture.getEventStore())
                .build();
        fixture.registerAnnotatedCommandHandler(new ObservationRecorder(fixture.getRepository(), workspaces));
    }

    @Test
    void aRunningNodeWhoseMachineIsOffIsStopped() {
        when(running(), new Observation.MachineOff(100, "pve1"))
                .expectResultMessagePayload(ObservationAnswer.RECORDED)
                .expectEvents(new MachineFoundOff(NODE, "ws-1", 100, "pve1", SEEN));
    }

    @Test
    void aStoppedNodeWhoseMachineIsOnRuns() {
        when(stopped(), new Observation.MachineOn(100, "pve1"))
                .expectEvents(new MachineFoundOn(NODE, "ws-1", 100, "pve1", SEEN));
    }

    @Test
    void whatTheNodeKnowsIsNoNews() {
        expectNothing(running(), new Observation.MachineOn(100, "pve1"));
        expectNothing(stopped(), new Observation.MachineOff(100, "pve1"));
        expectNothing(running(), new Observation.MachineMoved(100, "pve1"));
        expectNothing(running(), new Observation.KubernetesNodePresent(FACTS));
    }

    @Test
    void anotherMachineIsNotTheNodes() {
        expectNothing(running(), new Observation.MachineOff(101, "pve1"));
        expectNothing(running(), new Observation.MachineMoved(101, "pve2"));
    }

    @Test
    void nothingIsRecordedWhileAnOperationRuns() {
        var deleting = and(running(), deletionStarted(NodeStatus.RUNNING));

        expectNothing(deleting, new Observation.MachineOff(100, "pve1"));
        expectNothing(deleting, new Observation.MachineMoved(100, "pve2"));
        expectNothing(deleting, new Observation.KubernetesNodeMissing("node-1-k8s"));
        expectNothing(provisioning(), new Observation.MachineMoved(100, "pve2"));
    }

    @Test
    void anObservationFromBeforeTheLastEventIsStale() {
        fixture.given(running())
                .when(new RecordObservation(NODE, "ws-1", 1, new Observation.MachineOff(100, "pve1"), SEEN))
                .expectResultMessagePayload(ObservationAnswer.NO_LONGER_FITS)
                .expectNoEvents();
    }

    @Test
    void anObservationIsNeverRecordedBeforeTheLastEvent() {
        var late = and(running(), new MachineFoundOff(NODE, "ws-1", 100, "pve1", SEEN.plusSeconds(60)));

        when(late, new Observation.MachineOn(100, "pve1"))
                .expectEvents(new MachineFoundOn(NODE, "ws-1", 100, "pve1", SEEN.plusSeconds(60)));
    }

    @Test
    void aMachineThatMovedIsKnownOnItsNewHost() {
        var moved = new MachineMigrated(NODE, "ws-1", 100, "pve1", "pve2", SEEN);

        when(running(), new Observation.MachineMoved(100, "pve2")).expectEvents(moved);
        expectNothing(and(running(), moved), new Observation.MachineMoved(100, "pve2"));
    }

    @Test
    void anIncidentOfHealthBeginsOnceAndEndsOnce() {
        var failed = new HealthCheckFailed(NODE, "ws-1", "NOT_READY", "why", NOW, SEEN);
        var ill = new Observation.Unhealthy("NOT_READY", "why", NOW);
        var recovered = new HealthRecovered(NODE, "ws-1", NOW, SEEN);
        var well = new Observation.Healthy(NOW);

        when(running(), ill).expectEvents(failed);
        expectNothing(and(running(), failed), ill);
        when(and(running(), failed), well).expectEvents(recovered);
        expectNothing(running(), well);
        expectNothing(and(running(), failed, recovered), well);
    }

    @Test
    void eachResourceHasIncidentsOfItsOwn() {
        var exceeded = new ThresholdExceeded(
                NODE, "ws-1", NodeResource.CPU, new BigDecimal("90"), new BigDecimal("97.3"), NOW, SEEN);
        var above = new Observation.AboveThreshold(NodeResource.CPU, new BigDecimal("90"), new BigDecimal("97.3"), NOW);
        var memory =
                new Observation.AboveThreshold(NodeResource.MEMORY, new BigDecimal("90"), new BigDecimal("95.0"), NOW);
        var below = new Observation.BelowThreshold(NodeResource.CPU, new BigDecimal("20.0"), NOW);

        when(running(), above).expectEvents(exceeded);
        expectNothing(and(running(), exceeded), above);
        when(and(running(), exceeded), memory)
                .expectEvents(new ThresholdExceeded(
                        NODE, "ws-1", NodeResource.MEMORY, new BigDecimal("90"), new BigDecimal("95.0"), NOW, SEEN));
        when(and(running(), exceeded), below)
                .expectEvents(new ThresholdCleared(NODE, "ws-1", NodeResource.CPU, new BigDecimal("20.0"), NOW, SEEN));
        expectNothing(running(), below);
    }

    @Test
    void aNodeThatDoesNotRunHasNoHealth() {
        var failed = new HealthCheckFailed(NODE, "ws-1", "NOT_READY", "why", NOW, SEEN);
        var ill = new Observation.Unhealthy("NOT_READY", "why", NOW);
        var off = new MachineFoundOff(NODE, "ws-1", 100, "pve1", SEEN);
        var on = new MachineFoundOn(NODE, "ws-1", 100, "pve1", SEEN);

        expectNothing(stopped(), ill);
        expectNothing(provisioning(), ill);
        when(and(running(), failed, off, on), ill).expectEvents(failed);
    }

    @Test
    void aLostKubernetesNodeIsToldOnceAndSoIsItsRecovery() {
        var lost = new KubernetesNodeLost(NODE, "ws-1", "node-1-k8s", SEEN);
        var missing = new Observation.KubernetesNodeMissing("node-1-k8s");
        var recovered = new KubernetesNodeRecovered(NODE, "ws-1", facts("uid-2"), SEEN);
        var present = new Observation.KubernetesNodePresent(facts("uid-2"));

        when(running(), missing).expectEvents(lost);
        expectNothing(and(running(), lost), missing);
        when(and(running(), lost), present).expectEvents(recovered);
        expectNothing(and(running(), lost, recovered), present);
        when(and(running(), lost, recovered), missing).expectEvents(lost);
    }

    @Test
    void aKubernetesNodeUnderAnotherNameIsToldOnceAndItsLossToo() {
        var renamed = new KubernetesNodeRenamed(NODE, "ws-1", "node-1-k8s", "ubuntu", SEEN);
        var seen = new Observation.KubernetesNodeRenamed("node-1-k8s", "ubuntu");

        when(running(), seen).expectEvents(renamed);
        expectNothing(and(running(), renamed), seen);
        when(and(running(), renamed), new Observation.KubernetesNodeMissing("node-1-k8s"))
                .expectEvents(new KubernetesNodeLost(NODE, "ws-1", "node-1-k8s", SEEN));
    }

    @Test
    void aKubernetesNodeThatWasMadeAnewUnderItsNameIsNoticed() {
        when(running(), new Observation.KubernetesNodePresent(facts("uid-2")))
                .expectEvents(new KubernetesNodeRecovered(NODE, "ws-1", facts("uid-2"), SEEN));
    }

    @Test
    void whatADeletedNodeLeftBehindIsRecordedOnceAndTheNodeStaysDeleted() {
        var removed = new OrphanMachineRemoved(NODE, "ws-1", 100, "pve1", SEEN);

        when(deleted(), new Observation.OrphanMachineRemoved(100, "pve1")).expectEvents(removed);
        expectNothing(and(deleted(), removed), new Observation.OrphanMachineRemoved(100, "pve1"));
        when(deleted(), new Observation.OrphanKubernetesNodeRemoved("node-1-k8s", "uid-1"))
                .expectEvents(new OrphanKubernetesNodeRemoved(NODE, "ws-1", "node-1-k8s", "uid-1", SEEN));
        fixture.given(and(deleted(), removed))
                .when(delete("ws-1", NODE, true))
                .expectResultMessagePayload(new DeletionAnswer.Refused(new Refusal.NotFound("node", NODE)));
    }

    @Test
    void aMachineThatWasNeverTheNodesIsNoLeftoverOfIt() {
        expectNothing(deleted(), new Observation.OrphanMachineRemoved(101, "pve1"));
        expectNothing(
                and(provisioning(), new MachineIdBurnt(NODE, TASK, Step.CLONE, 1, 100, "foreign", NOW)),
                new Observation.OrphanMachineRemoved(100, "pve1"));
    }

    @Test
    void aLiveNodesOwnMachineIsNoLeftover() {
        expectNothing(running(), new Observation.OrphanMachineRemoved(100, "pve1"));
        expectNothing(running(), new Observation.OrphanKubernetesNodeRemoved("node-1-k8s", "uid-1"));
    }

    private ResultValidator<Node> when(List<NodeEvent> history, Observation observation) {
        return fixture.given(history).when(new RecordObservation(NODE, "ws-1", history.size() - 1L, observation, SEEN));
    }

    private void expectNothing(List<NodeEvent> history, Observation observation) {
        when(history, observation)
                .expectResultMessagePayload(ObservationAnswer.NO_LONGER_FITS)
                .expectNoEvents();
    }
}
