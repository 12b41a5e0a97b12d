package io.nodeledger.provisioner.charging;

import io.nodeledger.events.identity.Ids;
import io.nodeledger.events.node.NodeCommand.StopNode;
import io.nodeledger.events.node.VersionCondition;
import io.nodeledger.events.workspace.WorkspaceCommand.ConfirmOverdue;
import io.nodeledger.provisioner.charging.OverdueWorkspaces.Unpaid;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stops running nodes of workspaces that still owe when their grace is over, by the same operation as anybody's, draining
 * first. It looks again and again, because a drain may fail and a node be found running.
 */
public final class UnpaidStops {
    /** Of a stop with a drain, for whoever waits for it. */
    private static final long ESTIMATED_SECONDS = 120;

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
            commands.send(
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
        }
    }
}
