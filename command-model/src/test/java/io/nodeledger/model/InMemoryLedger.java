package io.nodeledger.model;

import io.nodeledger.events.node.NodeCommand.DeleteNode;
import io.nodeledger.events.node.NodeCommand.RecordObservation;
import io.nodeledger.events.node.NodeCommand.RecordOutcome;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeSpecs;
import io.nodeledger.events.node.Observation;
import io.nodeledger.events.node.ObservationAnswer;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.events.node.PlanTerms;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.model.node.Node;
import io.nodeledger.model.transition.PlanTransition;
import io.nodeledger.model.workspace.Workspace;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.EventStorageEngine;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;

/** The whole write model on an event store in memory: tests send commands and read streams. */
public final class InMemoryLedger implements AutoCloseable {
    /** The time of every command that does not say otherwise. */
    public static final Instant NOW = Instant.parse("2026-01-01T10:00:00Z");

    /** A plan of 86.40 USD a month. */
    public static final PlanTerms MEDIUM = new PlanTerms(
            "plan-dedicated-4c8g",
            new BigDecimal("0.12"),
            new BigDecimal("0.00"),
            new NodeSpecs(4, 8, 100, "1Gbps", "x86_64"));

    private final Configuration axon;

    public InMemoryLedger() {
        this(new InMemoryEventStorageEngine());
    }

    /** A ledger on what is stored already. */
    public InMemoryLedger(EventStorageEngine events) {
        axon = DefaultConfigurer.defaultConfiguration()
                .configureEmbeddedEventStore(_ -> events)
                .configureAggregate(Workspace.class)
                .configureAggregate(Node.class)
                .configureAggregate(PlanTransition.class)
                .registerCommandHandler(CommandModel::outcomeRecorder)
                .registerCommandHandler(CommandModel::observationRecorder)
                .registerCommandHandler(CommandModel::workspaceOperations)
                .registerCommandHandler(CommandModel::transitionRecorder)
                .start();
    }

    /** Has both aggregates be read from a snapshot from now on, as far as it reaches. */
    public void takeSnapshots(String workspaceId, String nodeId) {
        axon.snapshotter().scheduleSnapshot(Workspace.class, WorkspaceCommand.streamIdOf(workspaceId));
        axon.snapshotter().scheduleSnapshot(Node.class, nodeId);
    }

    /** A ledger with a workspace that may have this many nodes and spend that much. */
    public static InMemoryLedger withWorkspace(String id, int maxNodes, String credits) {
        return withWorkspace(id, maxNodes, credits, new InMemoryEventStorageEngine());
    }

    /** The same in a store of one's own. */
    public static InMemoryLedger withWorkspace(String id, int maxNodes, String credits, EventStorageEngine events) {
        var ledger = new InMemoryLedger(events);
        ledger.send(new PutWorkspace(id, WorkspacePlan.PRO, "us-west-2", null, maxNodes, false, NOW));
        ledger.send(new GrantCredits(id, new BigDecimal(credits), null, NOW));
        return ledger;
    }

    /** The answer has the type that the command documents. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    public <R> R send(Object command) {
        return axon.commandGateway().sendAndWait(command);
    }

    /** A wish for a node of {@link #MEDIUM} size in the workspace's own region. */
    public static ProvisionNode provision(String workspaceId, String nodeId, String name) {
        return new ProvisionNode(
                workspaceId,
                nodeId,
                "task-of-" + nodeId,
                name,
                null,
                MEDIUM,
                List.of("us-west-2", "us-east-1"),
                Map.of(),
                Map.of("team", "backend"),
                List.of(),
                600,
                NOW);
    }

    public static DeleteNode delete(String workspaceId, String nodeId, boolean force) {
        return new DeleteNode(nodeId, workspaceId, "delete-of-" + nodeId, force, 300, 60, NOW.plusSeconds(60));
    }

    /** Reports the outcome of a first attempt at a step. */
    public OutcomeAnswer report(String nodeId, String operationId, Step step, Outcome outcome) {
        return report(nodeId, operationId, step, 0, outcome);
    }

    /** The same in a later round. */
    public OutcomeAnswer report(String nodeId, String operationId, Step step, int round, Outcome outcome) {
        return send(new RecordOutcome(nodeId, "ws-1", operationId, step, round, 1, outcome, NOW, NOW.plusSeconds(1)));
    }

    /** Reports what was seen of a node by somebody who has just read its stream. */
    public ObservationAnswer observe(String nodeId, Observation observation) {
        long last = nodeEvents(nodeId).size() - 1L;
        return send(new RecordObservation(nodeId, "ws-1", last, observation, NOW.plusSeconds(30)));
    }

    public List<NodeEvent> nodeEvents(String nodeId) {
        return read(nodeId).stream().map(NodeEvent.class::cast).toList();
    }

    public List<WorkspaceEvent> workspaceEvents(String workspaceId) {
        return read(WorkspaceCommand.streamIdOf(workspaceId)).stream()
                .map(WorkspaceEvent.class::cast)
                .toList();
    }

    public List<TransitionEvent> transitionEvents(String transitionId) {
        return read(transitionId).stream().map(TransitionEvent.class::cast).toList();
    }

    private List<Object> read(String streamId) {
        var payloads = new ArrayList<>();
        axon.eventStore().readEvents(streamId, 0).forEachRemaining(event -> payloads.add(event.getPayload()));
        return payloads;
    }

    @Override
    public void close() {
        axon.shutdown();
    }
}
