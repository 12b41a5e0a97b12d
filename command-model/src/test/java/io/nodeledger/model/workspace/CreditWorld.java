package io.nodeledger.model.workspace;

import static io.nodeledger.model.InMemoryLedger.NOW;

import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeAdmitted;
import io.nodeledger.model.node.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.config.Configuration;
import org.axonframework.config.DefaultConfigurer;
import org.axonframework.eventsourcing.eventstore.inmemory.InMemoryEventStorageEngine;
import org.axonframework.modelling.command.Aggregate;
import org.axonframework.modelling.command.Repository;

/** A workspace whose nodes give back and renew their holds at once, without the operations that they do it by. */
final class CreditWorld implements AutoCloseable {
    /** Hold for the node what is not held yet; answers whether that could be done. */
    record Retry(String nodeId) {}

    /** The node is there, what is held for it is free. */
    record LoseHold(String nodeId) {}

    /** The node is gone. */
    record Release(String nodeId) {}

    private final Configuration axon;

    CreditWorld() {
        axon = DefaultConfigurer.defaultConfiguration()
                .configureEmbeddedEventStore(_ -> new InMemoryEventStorageEngine())
                .configureAggregate(Workspace.class)
                .configureAggregate(Node.class)
                .registerCommandHandler(it -> new Holds(it.repository(Workspace.class)))
                .start();
    }

    /** The answer has the type that the command documents. */
    @SuppressWarnings("TypeParameterUnusedInFormals")
    <R> R send(Object command) {
        return axon.commandGateway().sendAndWait(command);
    }

    boolean wasAdmitted(String node) {
        return events().stream()
                .anyMatch(
                        event -> event instanceof NodeAdmitted it && it.nodeId().equals(node));
    }

    /** What the events tell, added up. */
    record Credits(
            BigDecimal granted,
            BigDecimal balance,
            BigDecimal held,
            BigDecimal charged,
            BigDecimal owed,
            boolean exhausted) {
        BigDecimal available() {
            return balance.subtract(held);
        }
    }

    Credits credits() {
        BigDecimal granted = BigDecimal.ZERO;
        BigDecimal paid = BigDecimal.ZERO;
        BigDecimal charged = BigDecimal.ZERO;
        BigDecimal owed = BigDecimal.ZERO;
        boolean exhausted = false;
        Map<String, BigDecimal> holds = new HashMap<>();
        for (WorkspaceEvent event : events()) {
            switch (event) {
                case WorkspaceEvent.CreditsGranted e -> granted = granted.add(e.amount());
                case NodeAdmitted e -> holds.put(e.nodeId(), e.creditHold());
                case WorkspaceEvent.CreditHoldRenewed e -> holds.merge(e.nodeId(), e.amount(), BigDecimal::add);
                case WorkspaceEvent.CreditHoldReleased e ->
                    holds.merge(e.nodeId(), e.amount().negate(), BigDecimal::add);
                case WorkspaceEvent.NodeReleased e ->
                    holds.merge(e.nodeId(), e.releasedHold().negate(), BigDecimal::add);
                case WorkspaceEvent.WorkspaceCharged e -> {
                    BigDecimal fromHolds = sum(e.fromHolds());
                    charged = charged.add(e.amount());
                    paid = paid.add(e.fromAvailable()).add(fromHolds);
                    owed = owed.add(e.owed());
                    e.fromHolds().forEach((node, drawn) -> holds.merge(node, drawn.negate(), BigDecimal::add));
                }
                case WorkspaceEvent.OwedSettled e -> {
                    paid = paid.add(e.amount());
                    owed = owed.subtract(e.amount());
                }
                case WorkspaceEvent.CreditsExhausted _ -> exhausted = true;
                case WorkspaceEvent.CreditsRestored _ -> exhausted = false;
                case WorkspaceEvent.WorkspaceRegistered _,
                        WorkspaceEvent.WorkspaceChanged _,
                        WorkspaceEvent.WorkspaceThresholdsChanged _,
                        WorkspaceEvent.TransitionBegun _,
                        WorkspaceEvent.TransitionOpened _,
                        WorkspaceEvent.PlacementChanged _,
                        WorkspaceEvent.TransitionEnded _ -> {}
            }
        }
        return new Credits(granted, granted.subtract(paid), sum(holds), charged, owed, exhausted);
    }

    private static BigDecimal sum(Map<String, BigDecimal> amounts) {
        return amounts.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private List<WorkspaceEvent> events() {
        var events = new ArrayList<WorkspaceEvent>();
        axon.eventStore()
                .readEvents(WorkspaceCommand.streamIdOf("ws-1"), 0)
                .forEachRemaining(event -> events.add((WorkspaceEvent) event.getPayload()));
        return events;
    }

    @Override
    public void close() {
        axon.shutdown();
    }

    /** Gives back and renews holds, as the operations of nodes do. */
    static final class Holds {
        private static final BigDecimal HOLD = BigDecimal.valueOf(CoinLedger.HOLD, 2);

        private final Repository<Workspace> workspaces;

        Holds(Repository<Workspace> workspaces) {
            this.workspaces = workspaces;
        }

        @CommandHandler
        public boolean handle(Retry command) {
            Aggregate<Workspace> workspace = workspace();
            boolean allowed =
                    workspace.invoke(it -> it.refusalOfRetry(command.nodeId(), HOLD, "us-west-2", "plan", Map.of())
                            .isEmpty());
            if (allowed) {
                workspace.execute(it -> it.renewHold(command.nodeId(), HOLD, NOW));
            }
            return allowed;
        }

        @CommandHandler
        public void handle(LoseHold command) {
            workspace().execute(it -> it.releaseHold(command.nodeId(), NOW));
        }

        @CommandHandler
        public void handle(Release command) {
            workspace().execute(it -> it.release(command.nodeId(), NOW));
        }

        private Aggregate<Workspace> workspace() {
            return workspaces.load(WorkspaceCommand.streamIdOf("ws-1"));
        }
    }
}
