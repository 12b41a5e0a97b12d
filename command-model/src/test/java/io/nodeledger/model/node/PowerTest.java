package io.nodeledger.model.node;

import static io.nodeledger.model.InMemoryLedger.NOW;
import static io.nodeledger.model.InMemoryLedger.delete;
import static io.nodeledger.model.InMemoryLedger.provision;
import static io.nodeledger.model.node.HandledNode.DONE;
import static io.nodeledger.model.node.HandledNode.stopIf;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeCommand.RetryProvisioning;
import io.nodeledger.events.node.NodeCommand.StopNode;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningFailed;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.OperationAnswer;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.node.OutcomeAnswer;
import io.nodeledger.events.node.PowerEvent.NodeRebooted;
import io.nodeledger.events.node.PowerEvent.NodeStarted;
import io.nodeledger.events.node.PowerEvent.NodeStopped;
import io.nodeledger.events.node.VersionCondition;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldRenewed;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.model.InMemoryLedger;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node is started, stopped, rebooted and provisioned anew. */
class PowerTest {
    private static final Outcome NO = new Outcome.Failed("NO", "The provider said no.");

    private final HandledNode node = new HandledNode("100");
    private final InMemoryLedger ledger = node.ledger;

    @BeforeEach
    void aRunningNode() {
        node.provisionToTheEnd();
    }

    @AfterEach
    void close() {
        node.close();
    }

    @Test
    void isStoppedAndStartedAgain() {
        assertThat(node.stop("op-1")).isEqualTo(accepted("op-1", NodeStatus.STOPPING, true, 60));
        node.run("op-1", OperationType.STOP.steps());
        assertThat(node.last()).isInstanceOf(NodeStopped.class);

        assertThat(node.start("op-2")).isEqualTo(accepted("op-2", NodeStatus.STARTING, false, 60));
        node.run("op-2", OperationType.START.steps());
        assertThat(node.last()).isInstanceOf(NodeStarted.class);
    }

    @Test
    void isRebooted() {
        node.reboot("op-1");
        node.run("op-1", OperationType.REBOOT.steps());

        assertThat(node.last()).isInstanceOf(NodeRebooted.class);
    }

    @Test
    void isStoppedWithoutADrainWhenNoneIsWished() {
        ledger.send(new StopNode("node-1", "ws-1", "op-1", false, false, 300, VersionCondition.ANY, 60, NOW));
        node.report("op-1", Step.CORDON, DONE);

        assertThat(node.report("op-1", Step.DRAIN, DONE)).isEqualTo(OutcomeAnswer.ALREADY_RECORDED);
        assertThat(node.report("op-1", Step.SHUT_DOWN, DONE)).isEqualTo(OutcomeAnswer.RECORDED);
        assertThat(node.last()).isInstanceOf(NodeStopped.class);
    }

    @Test
    void isOnlyDoneFromWhereItIsPossible() {
        assertThat(node.start("op-1"))
                .isEqualTo(refused(new Refusal.InvalidState("running", List.of("stopped", "error"))));
        assertThat(node.retry("task-2")).isEqualTo(refused(new Refusal.InvalidState("running", List.of("error"))));
        node.stop("op-1");
        assertThat(node.stop("op-2")).isEqualTo(refused(new Refusal.OperationInProgress("op-1")));
        node.run("op-1", OperationType.STOP.steps());
        assertThat(node.stop("op-2")).isEqualTo(refused(new Refusal.InvalidState("stopped", List.of("running"))));
        assertThat(node.reboot("op-2"))
                .isEqualTo(refused(new Refusal.InvalidState("stopped", List.of("running", "error"))));
    }

    @Test
    void isDoneOnlyInTheVersionThatTheCallerKnows() {
        long version = version();
        ledger.send(stopIf("op-1", VersionCondition.oneOf(Set.of(version - 1))));
        assertThat(ledger.<OperationAnswer>send(stopIf("op-1", VersionCondition.oneOf(Set.of(version - 1)))))
                .isEqualTo(refused(new Refusal.PreconditionFailed("node-1")));
        assertThat(ledger.<OperationAnswer>send(stopIf("op-1", VersionCondition.oneOf(Set.of(version)))))
                .isInstanceOf(OperationAnswer.Accepted.class);
    }

    @Test
    void aSuspendedWorkspaceStartsNothing() {
        node.stop("op-1");
        node.run("op-1", OperationType.STOP.steps());
        ledger.send(new PutWorkspace("ws-1", WorkspacePlan.PRO, "us-west-2", null, 5, true, NOW));

        assertThat(node.start("op-2")).isEqualTo(refused(new Refusal.WorkspaceSuspended("ws-1")));
    }

    @Test
    void whatFailedToBeProvisionedIsProvisionedAnewAndPaidForAnew() {
        ledger.send(provision("ws-1", "node-2", "prod-2"));
        assertThat(ledger.nodeEvents("node-2"))
                .as("100 USD are a month of one node")
                .isEmpty();
        ledger.send(delete("ws-1", "node-1", true));
        node.run("delete-of-node-1", OperationType.DELETE.steps());

        ledger.send(provision("ws-1", "node-2", "prod-2"));
        ledger.report("node-2", "task-of-node-2", Step.ALLOCATE, NO);
        OperationType.PROVISION.compensation().forEach(step -> ledger.report("node-2", "task-of-node-2", step, DONE));
        assertThat(ledger.nodeEvents("node-2")).last().isInstanceOf(NodeProvisioningFailed.class);

        OperationAnswer answer = ledger.send(
                new RetryProvisioning("node-2", "ws-1", "task-3", Map.of(), VersionCondition.ANY, 600, NOW));
        assertThat(answer)
                .isInstanceOfSatisfying(
                        OperationAnswer.Accepted.class,
                        accepted -> assertThat(accepted.status()).isEqualTo(NodeStatus.PROVISIONING));
        assertThat(ledger.workspaceEvents("ws-1"))
                .last()
                .isInstanceOfSatisfying(
                        CreditHoldRenewed.class,
                        renewed -> assertThat(renewed.amount()).isEqualByComparingTo(new BigDecimal("86.40")));
        OperationAnswer again = ledger.send(
                new RetryProvisioning("node-2", "ws-1", "task-4", Map.of(), VersionCondition.ANY, 600, NOW));
        assertThat(again).isEqualTo(refused(new Refusal.OperationInProgress("task-3")));
    }

    private long version() {
        return node.events().size() - 1L;
    }

    private OperationAnswer accepted(String operationId, NodeStatus status, boolean drains, int seconds) {
        return new OperationAnswer.Accepted(
                "node-1",
                operationId,
                status,
                drains,
                NOW.plusSeconds(1).plusSeconds(seconds),
                node.events().size() - 1L);
    }

    private static OperationAnswer refused(Refusal refusal) {
        return new OperationAnswer.Refused(refusal);
    }
}
