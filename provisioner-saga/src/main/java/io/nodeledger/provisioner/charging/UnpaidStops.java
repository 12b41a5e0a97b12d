package io.nodeledger.provisioner.charging;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.NodeCommand.StopNode;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.node.VersionCondition;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.transition.TransitionAnswer;
import io.nodeledger.events.transition.TransitionCommand.CancelTransition;
import io.nodeledger.events.workspace.WorkspaceCommand.ConfirmOverdue;
import io.nodeledger.provisioner.charging.OverdueWorkspaces.Unpaid;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stops running nodes of workspaces that still owe when their grace is over, by the same operation as anybody's, draining
 * first. It looks again and again, because a drain may fail and a node be found running. A transition that keeps a node for
 * itself is called off, where it still can be; its nodes are stopped once it has given them back.
 */
public final class UnpaidStops {
    private static final Logger LOG = LoggerFactory.getLogger(UnpaidStops.class);

    /** Of a stop with a drain, for whoever waits for it. */
    private static final long ESTIMATED_SECONDS = 120;

    /** With what ids of transitions begin. */
    private static final String TRANSITION = "trans-";

    private final OverdueWorkspaces overdue;
    private final SystemCommands commands;
    private final ChargingSettings settings;
    private final InstantSource clock;
    private final ToldFailures failures = new ToldFailures();

    /**
     * One instance's stops.
     *
     * @param clock says which graces are over
     */
    public UnpaidStops(JdbcClient jdbc, CommandGateway commands, ChargingSettings settings, InstantSource clock) {
        this.overdue = new OverdueWorkspaces(jdbc);
        this.commands = new SystemCommands(commands);
        this.settings = settings;
        this.clock = clock;
    }

    /** Begins to stop whatever is to be stopped now. Two instances that do so at once begin one operation. */
    public void look() {
        for (Unpaid node : overdue.running(clock.instant())) {
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
            failures.attempt("The stop of unpaid node " + node.nodeId(), () -> stop(node));
        }
    }

    private void stop(Unpaid node) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        // What was read may be old, and somebody may have paid since.
        boolean stillOverdue = commands.send(node.workspaceId(), new ConfirmOverdue(node.workspaceId(), now));
        if (stillOverdue) {
            OperationAnswer answer = commands.send(
                    node.workspaceId(),
                    new StopNode(
                            node.nodeId(),
                            node.workspaceId(),
                            Ids.operation(),
                            true,
                            false,
                            (int) settings.drainTimeout().toSeconds(),
                            VersionCondition.ANY,
                            ESTIMATED_SECONDS,
                            now));
            inTheWay(answer).ifPresent(transition -> callOff(transition, node.workspaceId(), now));
        }
    }

    private static Optional<String> inTheWay(OperationAnswer answer) {
        return answer instanceof OperationAnswer.Refused(Refusal.OperationInProgress(String id))
                        && id.startsWith(TRANSITION)
                ? Optional.of(id)
                : Optional.empty();
    }

    /** One that can't be called off any more ends by itself, and its nodes are gone or can be stopped then. */
    private void callOff(String transition, String workspace, Instant now) {
        TransitionAnswer answer = commands.send(workspace, new CancelTransition(transition, workspace, now));
        LOG.debug("Transition {} keeps unpaid nodes from being stopped: {}", transition, answer);
    }
}
