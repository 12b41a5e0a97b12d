package io.nodeledger.model.workspace;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;
import static org.axonframework.modelling.command.AggregateLifecycle.createNew;
import static org.axonframework.modelling.command.AggregateLifecycle.getVersion;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.Thresholds;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.transition.Placement;
import io.nodeledger.events.transition.TransitionAnswer;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.record.TransitionFold;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand;
import io.nodeledger.events.workspace.WorkspaceCommand.BeginDedicatedTransition;
import io.nodeledger.events.workspace.WorkspaceCommand.ChargeWorkspace;
import io.nodeledger.events.workspace.WorkspaceCommand.ConfirmOverdue;
import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import io.nodeledger.events.workspace.WorkspaceCommand.ProvisionNode;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspaceCommand.ScheduleSharedTransition;
import io.nodeledger.events.workspace.WorkspaceCommand.SetWorkspaceThresholds;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldRenewed;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsExhausted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsRestored;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeAdmitted;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.OwedSettled;
import io.nodeledger.events.workspace.WorkspaceEvent.PlacementChanged;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionBegun;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionEnded;
import io.nodeledger.events.workspace.WorkspaceEvent.TransitionOpened;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceChanged;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceCharged;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceRegistered;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceThresholdsChanged;
import io.nodeledger.model.node.Node;
import io.nodeledger.model.stream.StreamTime;
import io.nodeledger.model.transition.PlanTransition;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.CreationPolicy;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.Nullable;

/** A workspace: unique live names, the node limit, credits and suspension hold across all of its nodes. */
@Revision("5")
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public class Workspace {
    @AggregateIdentifier
    @SuppressWarnings("unused") // the repository reads it
    private @Nullable String streamId;

    private String workspaceId = "";
    private @Nullable Subscription subscription;
    /** Not final: a snapshot would be read without it. */
    private LiveNodes nodes = new LiveNodes();

    private Thresholds thresholds = Thresholds.NONE;
    private Account account = Account.NEW;
    private Moves moves = Moves.NONE;
    private StreamTime time = StreamTime.NONE;

    /** For the repository, which replays the stream into it. */
    public Workspace() {}

    /** Creates the workspace, or makes it what the command says. */
    @CommandHandler
    @CreationPolicy(AggregateCreationPolicy.CREATE_IF_MISSING)
    public WorkspaceAnswer handle(PutWorkspace command) {
        var wished = Subscription.wishedBy(command);
        Instant at = time.next(command.at());
        if (subscription == null) {
            apply(wished.registered(command.workspaceId(), at));
            return new WorkspaceAnswer.Created(getVersion());
        }
        if (!subscription.equals(wished)) {
            apply(wished.changed(workspaceId, at));
        }
        return new WorkspaceAnswer.Updated(getVersion());
    }

    /** Adds credits. */
    @CommandHandler
    public WorkspaceAnswer handle(GrantCredits command) {
        Instant at = time.next(command.at());
        settleAfter(Stream.of(new CreditsGranted(workspaceId, command.amount(), command.reason(), at)), at);
        return new WorkspaceAnswer.Updated(getVersion());
    }

    /** Charges what its nodes have cost by the end of a day. A day is charged once, nothing twice (invariant I11). */
    @CommandHandler
    public WorkspaceAnswer handle(ChargeWorkspace command) {
        Instant at = time.next(command.at());
        settleAfter(ledger().charge(command, at).stream(), at);
        return new WorkspaceAnswer.Updated(getVersion());
    }

    /** Whether its running nodes are to be stopped for what it owes. */
    @CommandHandler
    public boolean handle(ConfirmOverdue command) {
        return account.refusalOfStart(command.at()).isPresent();
    }

    /** Sets the thresholds of its nodes. The same again is no event. */
    @CommandHandler
    public WorkspaceAnswer handle(SetWorkspaceThresholds command) {
        if (!thresholds.equals(command.thresholds())) {
            apply(new WorkspaceThresholdsChanged(workspaceId, command.thresholds(), time.next(command.at())));
        }
        return new WorkspaceAnswer.Updated(getVersion());
    }

    /** Admits a node and begins it, or says why not. Both streams commit in one transaction. */
    @CommandHandler
    public ProvisionAnswer handle(ProvisionNode command) throws Exception {
        var begun = new BegunNode(command, subscription(), time.next(command.at()));
        Optional<Refusal> refusal =
                refusalOfUse().or(moves::refusalOfNodes).or(() -> admission().refusalOf(begun));
        if (refusal.isPresent()) {
            return new ProvisionAnswer.Refused(refusal.get());
        }
        NodeProvisioningStarted started = begun.started();
        admit(started, () -> new Node(started));
        return begun.answer();
    }

    /** Begins a transition to nodes that are admitted with it, all or none. All streams commit in one transaction. */
    @CommandHandler
    public TransitionAnswer handle(BeginDedicatedTransition command) throws Exception {
        var begun = new BegunTransition(command, subscription(), time.next(command.at()));
        Optional<Refusal> refusal = refusalOfUse()
                .or(() -> moves.refusalOf(Placement.DEDICATED, nodes.count()))
                .or(() -> admission().refusalOf(begun));
        if (refusal.isPresent()) {
            return new TransitionAnswer.Refused(refusal.get());
        }
        apply(begun.ofWorkspace());
        for (NodeProvisioningStarted started : begun.nodes()) {
            admit(started, () -> new Node(started, command.transitionId()));
        }
        return transition(begun.started());
    }

    /** Schedules the transition away from all of its nodes. */
    @CommandHandler
    public TransitionAnswer handle(ScheduleSharedTransition command) throws Exception {
        var scheduled =
                new ScheduledTransition(command, subscription().namespace(), nodes.ids(), time.next(command.at()));
        Optional<Refusal> refusal =
                moves.refusalOf(Placement.SHARED, nodes.count()).or(scheduled::refusalOfWindow);
        if (refusal.isPresent()) {
            return new TransitionAnswer.Refused(refusal.get());
        }
        apply(scheduled.ofWorkspace());
        return transition(scheduled.event());
    }

    private void admit(NodeProvisioningStarted started, Callable<Node> node) throws Exception {
        apply(new NodeAdmitted(
                workspaceId, started.nodeId(), started.name(), started.creditHold(), started.effectiveAt()));
        createNew(Node.class, node);
    }

    private static TransitionAnswer transition(TransitionEvent begins) throws Exception {
        createNew(PlanTransition.class, () -> new PlanTransition(begins));
        return new TransitionAnswer.Accepted(TransitionFold.after(null, begins), 0);
    }

    /**
     * Lets nobody provision nodes any more.
     *
     * @return the nodes that there are
     */
    public List<String> open(String transitionId, Instant at) {
        if (moves.isIn(transitionId) && !moves.closed()) {
            apply(new TransitionOpened(workspaceId, transitionId, time.next(at)));
        }
        return nodes.ids();
    }

    /** Its workloads run there from now on. */
    public void place(String transitionId, Placement placement, Instant at) {
        if (moves.isIn(transitionId) && moves.placement() != placement) {
            apply(new PlacementChanged(workspaceId, transitionId, placement, time.next(at)));
        }
    }

    /** The transition is over. */
    public void end(String transitionId, Instant at) {
        if (moves.isIn(transitionId)) {
            apply(new TransitionEnded(workspaceId, transitionId, time.next(at)));
        }
    }

    /** Why no node may be started. */
    public Optional<Refusal> refusalOfStart(Instant at) {
        return refusalOfUse().or(() -> account.refusalOfStart(at));
    }

    /**
     * Why a node may not be provisioned anew: its name and its place are still its own, its credits are not.
     *
     * @param creditHold USD to hold for it
     * @param shortages regions that can't take it now, with the time at which they may again
     */
    public Optional<Refusal> refusalOfRetry(
            String nodeId, BigDecimal creditHold, String region, String planId, Map<String, Instant> shortages) {
        return refusalOfUse()
                .or(() -> ledger().refusalOfRenewal(nodeId, creditHold))
                .or(() -> Admission.refusalOfRegion(region, planId, shortages));
    }

    /** Holds for the node what is not held yet. */
    public void renewHold(String nodeId, BigDecimal creditHold, Instant at) {
        ledger().renewal(nodeId, creditHold, time.next(at)).ifPresent(AggregateLifecycle::apply);
    }

    /** The node exists on, but the credits held for it are available again. */
    public void releaseHold(String nodeId, Instant at) {
        Instant when = time.next(at);
        settleAfter(ledger().releaseOfHold(nodeId, when).stream(), when);
    }

    /** The node is gone: name, place and credits are free. */
    public void release(String nodeId, Instant at) {
        Instant when = time.next(at);
        settleAfter(ledger().release(nodeId, when).stream(), when);
    }

    /** Changes its credits, and pays what is owed as soon as some are available, whatever made them so. */
    private void settleAfter(Stream<? extends WorkspaceEvent> events, Instant at) {
        events.forEach(event -> apply(event));
        ledger().settlement(at).forEach(event -> apply(event));
    }

    private Subscription subscription() {
        return Objects.requireNonNull(subscription, "A workspace is registered before it is asked");
    }

    private Optional<Refusal> refusalOfUse() {
        return subscription().refusalOfUse(workspaceId);
    }

    private Ledger ledger() {
        return new Ledger(workspaceId, account, nodes);
    }

    private Admission admission() {
        return new Admission(subscription(), ledger());
    }

    @EventSourcingHandler
    void on(WorkspaceEvent event) {
        switch (event) {
            case WorkspaceRegistered e -> {
                streamId = WorkspaceCommand.streamIdOf(e.workspaceId());
                workspaceId = e.workspaceId();
                subscription = Subscription.of(e);
            }
            case WorkspaceChanged e -> subscription = Subscription.of(e);
            case CreditsGranted e -> account = account.granted(e.amount());
            case WorkspaceCharged e -> {
                account = account.after(e);
                nodes.draw(e.fromHolds());
            }
            case OwedSettled e -> account = account.settled(e.amount());
            case CreditsExhausted e -> account = account.after(e);
            case CreditsRestored _ -> account = account.restored();
            case WorkspaceThresholdsChanged e -> thresholds = e.thresholds();
            case NodeAdmitted e -> nodes.admit(e.nodeId(), e.name(), e.creditHold());
            case CreditHoldReleased e -> nodes.releaseHold(e.nodeId());
            case CreditHoldRenewed e -> nodes.hold(e.nodeId(), e.amount());
            case NodeReleased e -> nodes.release(e.nodeId());
            case TransitionBegun e -> moves = moves.after(e);
            case TransitionOpened _ -> moves = moves.opened();
            case PlacementChanged e -> moves = moves.after(e);
            case TransitionEnded _ -> moves = moves.ended();
        }
        time = new StreamTime(event.effectiveAt());
    }
}
