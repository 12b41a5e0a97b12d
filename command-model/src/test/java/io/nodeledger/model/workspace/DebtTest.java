package io.nodeledger.model.workspace;

import static io.nodeledger.model.InMemoryLedger.NOW;
import static io.nodeledger.model.InMemoryLedger.provision;
import static io.nodeledger.model.workspace.ChargedWorkspace.GRACE;
import static io.nodeledger.model.workspace.ChargedWorkspace.MONDAY;
import static io.nodeledger.model.workspace.ChargedWorkspace.NOTHING;
import static io.nodeledger.model.workspace.ChargedWorkspace.TUESDAY;
import static io.nodeledger.model.workspace.ChargedWorkspace.charge;
import static io.nodeledger.model.workspace.ChargedWorkspace.charged;
import static io.nodeledger.model.workspace.ChargedWorkspace.failProvisioning;
import static io.nodeledger.model.workspace.ChargedWorkspace.last;
import static io.nodeledger.model.workspace.ChargedWorkspace.oneNodeAnd;
import static io.nodeledger.model.workspace.ChargedWorkspace.refusal;
import static io.nodeledger.model.workspace.ChargedWorkspace.usd;
import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.events.workspace.ProvisionAnswer;
import io.nodeledger.events.workspace.WorkspaceCommand.ChargeWorkspace;
import io.nodeledger.events.workspace.WorkspaceCommand.ConfirmOverdue;
import io.nodeledger.events.workspace.WorkspaceCommand.GrantCredits;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsRestored;
import io.nodeledger.events.workspace.WorkspaceEvent.OwedSettled;
import io.nodeledger.model.InMemoryLedger;
import io.nodeledger.model.life.JsonSnapshots;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is charged and can not be paid. */
class DebtTest {
    @Test
    void whatComesBackPaysWhatIsOwedFirst() {
        try (var ledger = oneNodeAnd("0.60")) {
            ledger.send(charge(MONDAY, "90.00", Map.of("node-1", usd("90.00"))));
            ledger.send(charge(TUESDAY, "86.00", NOTHING));

            assertThat(last(ledger, 2))
                    .containsExactly(
                            charged(TUESDAY, "-4.00", "-1.00", NOTHING, "-3.00"), new CreditsRestored("ws-1", NOW));
        }
    }

    @Test
    void aGrantPaysWhatIsOwedFirst() {
        try (var ledger = oneNodeAnd("0.60")) {
            ledger.send(charge(MONDAY, "90.00", Map.of("node-1", usd("90.00"))));
            ledger.send(new GrantCredits("ws-1", usd("2.00"), null, NOW));
            ledger.send(new GrantCredits("ws-1", usd("5.00"), null, NOW));

            assertThat(last(ledger, 5))
                    .containsExactly(
                            new CreditsGranted("ws-1", usd("2.00"), null, NOW),
                            new OwedSettled("ws-1", usd("2.00"), NOW),
                            new CreditsGranted("ws-1", usd("5.00"), null, NOW),
                            new OwedSettled("ws-1", usd("1.00"), NOW),
                            new CreditsRestored("ws-1", NOW));
        }
    }

    @Test
    void theSecondDayInDebtTellsNothingOfTheGraceAgain() {
        try (var ledger = oneNodeAnd("0.60")) {
            ledger.send(charge(MONDAY, "90.00", Map.of("node-1", usd("90.00"))));
            ledger.send(charge(TUESDAY, "92.88", Map.of("node-1", usd("2.88"))));

            assertThat(last(ledger, 1)).containsExactly(charged(TUESDAY, "2.88", "0.00", NOTHING, "2.88"));
        }
    }

    @Test
    void inDebtNoNodeIsAddedAndWhatIsMissingIncludesWhatIsOwed() {
        try (var ledger = oneNodeAnd("0.60")) {
            ledger.send(charge(MONDAY, "90.00", Map.of("node-1", usd("90.00"))));

            Refusal refusal = refusal(ledger, "node-2");

            assertThat(refusal).isEqualTo(new Refusal.InsufficientCredits(usd("86.40"), usd("0.00"), usd("3.00")));
            assertThat(((Refusal.InsufficientCredits) refusal).missing()).isEqualByComparingTo("89.40");
        }
    }

    @Test
    void exactlyWhatIsMissingIsEnough() {
        try (var ledger = oneNodeAnd("0.60")) {
            ledger.send(charge(MONDAY, "90.00", Map.of("node-1", usd("90.00"))));
            ledger.send(new GrantCredits("ws-1", usd("89.40"), null, NOW));

            ProvisionAnswer answer = ledger.send(provision("ws-1", "node-2", "prod-2"));

            assertThat(answer).isInstanceOf(ProvisionAnswer.Admitted.class);
        }
    }

    @Test
    void aHoldThatIsReleasedInDebtPaysWhatIsOwed() {
        try (var ledger = InMemoryLedger.withWorkspace("ws-1", 5, "172.80")) {
            ledger.send(provision("ws-1", "node-1", "prod-1"));
            ledger.send(provision("ws-1", "node-2", "prod-2"));
            ledger.send(charge(MONDAY, "100.00", Map.of("node-1", usd("100.00"))));

            failProvisioning(ledger, "node-2");

            assertThat(last(ledger, 3))
                    .containsExactly(
                            new WorkspaceEvent.CreditHoldReleased("ws-1", "node-2", usd("86.40"), NOW.plusSeconds(1)),
                            new OwedSettled("ws-1", usd("13.60"), NOW.plusSeconds(1)),
                            new CreditsRestored("ws-1", NOW.plusSeconds(1)));
        }
    }

    @Test
    void nodesAreToBeStoppedOnlyWhenThatWasAnnouncedAndTheGraceIsOver() {
        var graceEnd = NOW.plus(GRACE);
        for (AfterGrace policy : AfterGrace.values()) {
            try (var ledger = oneNodeAnd("0.60")) {
                ledger.send(new ChargeWorkspace(
                        "ws-1", MONDAY, usd("90.00"), Map.of("node-1", usd("90.00")), GRACE, policy, NOW));

                boolean before = ledger.send(new ConfirmOverdue("ws-1", graceEnd.minusMillis(1)));
                boolean after = ledger.send(new ConfirmOverdue("ws-1", graceEnd));
                ledger.send(new GrantCredits("ws-1", usd("3.00"), null, NOW));
                boolean paid = ledger.send(new ConfirmOverdue("ws-1", graceEnd));

                assertThat(before).isFalse();
                assertThat(after).isEqualTo(policy == AfterGrace.STOP);
                assertThat(paid).isFalse();
            }
        }
    }

    @Test
    void aSnapshotForgetsNothingOfADebt() {
        var store = new JsonSnapshots();
        try (var ledger = InMemoryLedger.withWorkspace("ws-1", 5, "87.00", store)) {
            ledger.send(provision("ws-1", "node-1", "prod-1"));
            var charge = new ChargeWorkspace(
                    "ws-1", MONDAY, usd("90.00"), Map.of("node-1", usd("90.00")), GRACE, AfterGrace.STOP, NOW);
            ledger.send(charge);
            int events = ledger.workspaceEvents("ws-1").size();

            ledger.takeSnapshots("ws-1", "node-1");
            ledger.send(charge);
            boolean overdue = ledger.send(new ConfirmOverdue("ws-1", NOW.plus(GRACE)));

            assertThat(store.kept()).as("a node with one event needs none").isEqualTo(1);
            assertThat(ledger.workspaceEvents("ws-1")).hasSize(events);
            assertThat(overdue).isTrue();
            assertThat(refusal(ledger, "node-2"))
                    .isEqualTo(new Refusal.InsufficientCredits(usd("86.40"), usd("0.00"), usd("3.00")));
        }
    }
}
