package io.nodeledger.model.life;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeCommand.DeleteNode;
import io.nodeledger.events.node.NodeCommand.RecordObservation;
import io.nodeledger.events.node.NodeCommand.RecordOutcome;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.Observation;
import io.nodeledger.events.node.ObservationAnswer;
import io.nodeledger.events.operation.Step;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand.PutWorkspace;
import io.nodeledger.events.workspace.WorkspacePlan;
import io.nodeledger.model.InMemoryLedger;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/** What happens around the node: observers, operators, other nodes of its workspace, restarts. */
final class Surroundings {
    private static final BigDecimal PRICE = new BigDecimal("86.40");

    private final InMemoryLedger ledger;
    private final JsonSnapshots snapshots;
    private final SimulatedMachine machine;
    private boolean suspended;
    private boolean rivalLives;
    private int rivals;

    Surroundings(InMemoryLedger ledger, JsonSnapshots snapshots, SimulatedMachine machine) {
        this.ledger = ledger;
        this.snapshots = snapshots;
        this.machine = machine;
    }

    Rules.Workspace workspace() {
        var account = account();
        return new Rules.Workspace(suspended, account.heldFor(NodeLife.NODE), account.available(), PRICE);
    }

    /** What is seen is recorded when it is news, and only while no operation runs. */
    void look(SeenNode seen, Instant at) {
        boolean news = seen.running() == null
                && seen.hasMachine()
                && switch (seen.status()) {
                    case RUNNING -> !machine.isOn();
                    case STOPPED -> machine.isOn() || !machine.exists();
                    case ERROR -> !machine.exists();
                    default -> false;
                };
        assertThat(observe(machine.seen(at), at))
                .isEqualTo(news ? ObservationAnswer.RECORDED : ObservationAnswer.NO_LONGER_FITS);
    }

    void lookAtKubernetes(int sees, Instant at) {
        observe(
                switch (sees) {
                    case 0 -> new Observation.KubernetesNodeMissing("n");
                    case 1 -> new Observation.KubernetesNodeRenamed("n", "m");
                    default -> new Observation.KubernetesNodePresent(SimulatedMachine.facts("uid-" + sees));
                },
                at);
    }

    void suspend(boolean wished, Instant at) {
        suspended = wished;
        ledger.send(new PutWorkspace("ws-1", WorkspacePlan.PRO, "us-west-2", null, 5, wished, at));
    }

    /** Comes when it is not there and can be paid for, and goes when it is. */
    void rival() {
        String id = "rival-" + (rivalLives ? rivals : ++rivals);
        if (rivalLives) {
            remove(id);
            rivalLives = false;
        } else {
            boolean welcome = !suspended && account().available().compareTo(PRICE) >= 0;
            ProvisionAnswer answer = ledger.send(InMemoryLedger.provision("ws-1", id, id));
            assertThat(answer instanceof ProvisionAnswer.Admitted).isEqualTo(welcome);
            rivalLives = welcome;
        }
    }

    /** Aggregates are read anew for every command; from now on from another beginning. */
    void restart(boolean fromSnapshot) {
        if (fromSnapshot) {
            ledger.takeSnapshots("ws-1", NodeLife.NODE);
            boolean began = ledger.nodeEvents(NodeLife.NODE).size() == 1;
            assertThat(snapshots.kept()).as("a first event needs no snapshot").isEqualTo(began ? 1 : 2);
        } else {
            snapshots.forget();
        }
    }

    void checkCredits(SeenNode seen) {
        BigDecimal held = account().heldFor(NodeLife.NODE);
        switch (seen.status()) {
            case DELETED -> assertThat(held).isZero();
            case ERROR, DELETING -> assertThat(held).isIn(BigDecimal.ZERO, PRICE);
            default ->
                assertThat(held).as("held for a node that is %s", seen.status()).isEqualByComparingTo(PRICE);
        }
    }

    private void remove(String rival) {
        var at = InMemoryLedger.NOW;
        ledger.send(new DeleteNode(rival, "ws-1", "delete-" + rival, true, 0, 60, at));
        for (Step step : List.of(
                Step.CORDON,
                Step.DRAIN,
                Step.REMOVE_FROM_KUBERNETES,
                Step.HALT,
                Step.DESTROY,
                Step.VERIFY_GONE,
                Step.RELEASE)) {
            ledger.send(new RecordOutcome(
                    rival, "ws-1", "delete-" + rival, step, 0, 1, new SimulatedMachine().work(step), at, at));
        }
        assertThat(ledger.nodeEvents(rival).getLast()).isInstanceOf(NodeEvent.NodeDeleted.class);
    }

    private ObservationAnswer observe(Observation observation, Instant at) {
        long last = ledger.nodeEvents(NodeLife.NODE).size() - 1L;
        return ledger.send(new RecordObservation(NodeLife.NODE, "ws-1", last, observation, at));
    }

    private Account account() {
        return Account.of(ledger.workspaceEvents("ws-1"));
    }
}
