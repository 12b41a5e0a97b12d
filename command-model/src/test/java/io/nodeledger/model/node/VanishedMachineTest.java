package io.nodeledger.model.node;

import static io.nodeledger.model.InMemoryLedger.NOW;
import static io.nodeledger.model.InMemoryLedger.delete;
import static io.nodeledger.model.InMemoryLedger.provision;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.DeletionAnswer;
import io.nodeledger.events.node.KubernetesFacts;
import io.nodeledger.events.node.MachinePower;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.MachineVanished;
import io.nodeledger.events.node.NodeEvent.NodeDeletionFailed;
import io.nodeledger.events.node.NodeStatus;
import io.nodeledger.events.node.Observation;
import io.nodeledger.events.node.ObservationAnswer;
import io.nodeledger.events.node.Outcome;
import io.nodeledger.events.operation.OperationType;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditHoldReleased;
import io.nodeledger.events.workspace.WorkspaceEvent.NodeReleased;
import io.nodeledger.model.InMemoryLedger;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A machine that was deleted or powered off outside, and what its node and its workspace make of it. */
class VanishedMachineTest {
    private static final String TASK = "task-of-node-1";
    private static final String DELETION = "delete-of-node-1";
    private static final Observation VANISHED = new Observation.MachineVanished(100, "pve1", NOW.plusSeconds(20));

    private final InMemoryLedger ledger = InMemoryLedger.withWorkspace("ws-1", 1, "1000");

    @BeforeEach
    void aNodeRuns() {
        ledger.send(provision("ws-1", "node-1", "prod-1"));
        for (Step step : OperationType.PROVISION.steps()) {
            report(TASK, step, good(step));
        }
    }

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void case9DeletedOutsideTheQuotaIsFreedOnceWhenTheNodeIsDeleted() {
        assertThat(ledger.observe("node-1", VANISHED)).isEqualTo(ObservationAnswer.RECORDED);
        assertThat(ledger.observe("node-1", VANISHED)).isEqualTo(ObservationAnswer.NO_LONGER_FITS);

        assertThat(lastEvent())
                .isEqualTo(
                        new MachineVanished("node-1", "ws-1", 100, "pve1", NOW.plusSeconds(20), NOW.plusSeconds(30)));
        ProvisionAnswer tooEarly = ledger.send(provision("ws-1", "node-2", "prod-2"));
        assertThat(tooEarly).as("a node in error counts").isInstanceOf(ProvisionAnswer.Refused.class);

        ledger.send(delete("ws-1", "node-1", false));
        OperationType.DELETE.steps().forEach(step -> report(DELETION, step, new Outcome.Done(null)));

        assertThat(ledger.workspaceEvents("ws-1"))
                .filteredOn(NodeReleased.class::isInstance)
                .hasSize(1);
        ProvisionAnswer after = ledger.send(provision("ws-1", "node-2", "prod-1"));
        assertThat(after).isInstanceOf(ProvisionAnswer.Admitted.class);
    }

    @Test
    void theCreditsHeldForAMachineThatIsGoneAreFreeAtOnce() {
        ledger.observe("node-1", VANISHED);

        assertThat(ledger.workspaceEvents("ws-1"))
                .last()
                .isEqualTo(new CreditHoldReleased("ws-1", "node-1", new BigDecimal("86.40"), NOW.plusSeconds(30)));
    }

    @Test
    void theProofOfLifeIsNeverLaterThanTheLoss() {
        ledger.observe("node-1", new Observation.MachineVanished(100, "pve1", NOW.plusSeconds(3600)));

        assertThat(lastEvent())
                .isInstanceOfSatisfying(
                        MachineVanished.class,
                        vanished -> assertThat(vanished.lastSeenAt()).isEqualTo(vanished.effectiveAt()));
    }

    @Test
    void aStoppedNodeIsDeletedWithoutADrain() {
        ledger.observe("node-1", new Observation.MachineOff(100, "pve1"));

        DeletionAnswer answer = ledger.send(delete("ws-1", "node-1", false));

        assertThat(answer)
                .isInstanceOfSatisfying(
                        DeletionAnswer.Deleting.class,
                        deleting -> assertThat(deleting.drains()).isFalse());
    }

    @Test
    void aDeletionThatCanNotBeDoneBringsAStoppedNodeBackToStopped() {
        ledger.observe("node-1", new Observation.MachineOff(100, "pve1"));
        ledger.send(delete("ws-1", "node-1", false));
        report(DELETION, Step.CORDON, new Outcome.Failed("PROVIDER_REFUSED", "Kubernetes refused."));
        report(DELETION, Step.INSPECT, new Outcome.Inspected(MachinePower.OFF));
        report(DELETION, Step.UNCORDON, new Outcome.Done(null));

        assertThat(lastEvent())
                .isInstanceOfSatisfying(
                        NodeDeletionFailed.class,
                        failed -> assertThat(failed.status()).isEqualTo(NodeStatus.STOPPED));
        assertThat(ledger.observe("node-1", new Observation.MachineOn(100, "pve1")))
                .isEqualTo(ObservationAnswer.RECORDED);
    }

    @Test
    void aNodeThatCouldNotBeDeletedLosesItsMachineLater() {
        ledger.send(delete("ws-1", "node-1", true));
        report(DELETION, Step.CORDON, new Outcome.Done(null));
        report(DELETION, Step.DRAIN, new Outcome.Done(null));
        report(DELETION, Step.REMOVE_FROM_KUBERNETES, new Outcome.Done(null));
        report(DELETION, Step.HALT, new Outcome.Stuck("MACHINE_LOCKED", "Its lock was left behind."));

        assertThat(ledger.observe("node-1", new Observation.OrphanMachineRemoved(100, "pve1")))
                .as("it is the node's own machine still")
                .isEqualTo(ObservationAnswer.NO_LONGER_FITS);
        assertThat(ledger.observe("node-1", VANISHED)).isEqualTo(ObservationAnswer.RECORDED);
        assertThat(ledger.observe("node-1", new Observation.OrphanMachineRemoved(100, "pve1")))
                .as("a machine that turns up again after that is left over")
                .isEqualTo(ObservationAnswer.RECORDED);
    }

    private NodeEvent lastEvent() {
        return ledger.nodeEvents("node-1").getLast();
    }

    private void report(String operationId, Step step, Outcome outcome) {
        ledger.report("node-1", operationId, step, outcome);
    }

    private static Outcome good(Step step) {
        return switch (step) {
            case ALLOCATE -> new Outcome.Allocated("pve1", 100, "local");
            case ADDRESS -> new Outcome.Addressed("10.0.1.100", null);
            case READY ->
                new Outcome.Ready(new KubernetesFacts(
                        "node-1-k8s", "uid", Map.of(), Map.of(), "6.8", "Ubuntu", "containerd://2", "v1.36.0"));
            default -> new Outcome.Done(null);
        };
    }
}
