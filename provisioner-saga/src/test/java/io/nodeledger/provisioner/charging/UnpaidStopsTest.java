package io.nodeledger.provisioner.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import io.nodeledger.events.node.NodeCommand.StopNode;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.transition.TransitionAnswer;
import io.nodeledger.events.transition.TransitionCommand.CancelTransition;
import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.events.workspace.WorkspaceCommand.ConfirmOverdue;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsExhausted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsRestored;
import io.nodeledger.provisioner.region.ProvisionerSchema;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.gateway.CommandGateway;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class UnpaidStopsTest {
    private static final Instant GRACE_END = Instant.parse("2026-01-09T00:10:00Z");
    private static final ChargingSettings SETTINGS = new ChargingSettings(
            Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofDays(3), AfterGrace.STOP, Duration.ofMinutes(5));

    private static JdbcClient jdbc;

    private final List<StopNode> stops = new ArrayList<>();
    private final List<CancelTransition> cancellations = new ArrayList<>();
    private final List<String> paid = new ArrayList<>();
    private @Nullable String inTheWay;
    private final CommandGateway gateway = mock();
    private Instant now = GRACE_END;

    @BeforeAll
    static void migrate() {
        var database = ProvisionerSchema.newDatabase();
        jdbc = JdbcClient.create(database.keptConnections());
    }

    @BeforeEach
    void aWorkspaceInDebtWithARunningNode() {
        jdbc.sql("truncate provisioner.known_node, provisioner.overdue_workspace")
                .update();
        when(gateway.sendAndWait(any())).thenAnswer(call -> {
            Object command = call.<CommandMessage<?>>getArgument(0).getPayload();
            return switch (command) {
                case StopNode stop -> answer(stop);
                case CancelTransition cancel -> {
                    cancellations.add(cancel);
                    yield new TransitionAnswer.Refused(new Refusal.NotCancellable("give_back"));
                }
                default -> !paid.contains(((ConfirmOverdue) command).workspaceId());
            };
        });
        known("node-1", "ws-1", "RUNNING", null);
        exhausted("ws-1", AfterGrace.STOP);
    }

    @Test
    void nothingIsStoppedBeforeTheGraceIsOver() {
        now = GRACE_END.minusMillis(1);

        look();

        assertThat(stops).isEmpty();
    }

    @Test
    void thenRunningNodesAreDrainedAndStoppedAgainAndAgain() {
        known("node-2", "ws-1", "STOPPED", null);
        known("node-3", "ws-1", "RUNNING", "op-1");
        known("node-4", "ws-other", "RUNNING", null);

        look();
        look();

        assertThat(stops).extracting(StopNode::nodeId).containsExactly("node-1", "node-1");
        assertThat(stops.getFirst().drain()).isTrue();
        assertThat(stops.getFirst().force()).isFalse();
        assertThat(stops.getFirst().drainTimeoutSeconds()).isEqualTo(300);
    }

    @Test
    void aWorkspaceThatHasPaidMeanwhileKeepsItsNodes() {
        paid.add("ws-1");

        look();

        assertThat(stops).isEmpty();
    }

    @Test
    void aPaidDebtIsForgotten() {
        new OverdueWorkspaces(jdbc).follow(new CreditsRestored("ws-1", GRACE_END));

        look();

        assertThat(stops).isEmpty();
    }

    @Test
    void whereNodesAreKeptNoneIsStopped() {
        known("node-5", "ws-kept", "RUNNING", null);
        exhausted("ws-kept", AfterGrace.KEEP);

        look();

        assertThat(stops).extracting(StopNode::nodeId).containsExactly("node-1");
    }

    @Test
    void aTransitionIsCalledOffThatKeepsThemFromBeingStopped() {
        inTheWay = "trans-1";

        look();
        inTheWay = null;
        look();

        assertThat(cancellations).containsExactly(new CancelTransition("trans-1", "ws-1", now));
        assertThat(stops).extracting(StopNode::nodeId).containsExactly("node-1");
    }

    @Test
    void anOperationThatIsUnderWayIsWaitedFor() {
        inTheWay = "op-1";

        look();

        assertThat(cancellations).isEmpty();
    }

    private OperationAnswer answer(StopNode stop) {
        if (inTheWay != null) {
            return new OperationAnswer.Refused(new Refusal.OperationInProgress(inTheWay));
        }
        stops.add(stop);
        return new OperationAnswer.Accepted(stop.nodeId(), stop.operationId(), NodeStatus.STOPPING, true, now, 1);
    }

    private void look() {
        new UnpaidStops(jdbc, gateway, SETTINGS, () -> now).look();
    }

    private static void exhausted(String workspace, AfterGrace policy) {
        new OverdueWorkspaces(jdbc)
                .follow(new CreditsExhausted(
                        workspace, BigDecimal.ONE, GRACE_END, policy, GRACE_END.minus(Duration.ofDays(3))));
    }

    private static void known(String id, String workspace, String status, @Nullable String operation) {
        jdbc.sql("""
                        insert into provisioner.known_node (node_id, workspace_id, region, status, operation_id, settled_at,
                               allocated)
                        values (?, ?, 'us-west-2', ?, ?, '2026-01-05T12:00:00Z', '{}')""").params(Arrays.asList(id, workspace, status, operation)).update();
    }
}
