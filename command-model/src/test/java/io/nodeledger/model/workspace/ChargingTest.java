package io.nodeledger.model.workspace;

import static io.nodeledger.model.InMemoryLedger.NOW;
import static io.nodeledger.model.InMemoryLedger.provision;
import static io.nodeledger.model.workspace.ChargedWorkspace.GRACE;
import static io.nodeledger.model.workspace.ChargedWorkspace.MONDAY;
import static io.nodeledger.model.workspace.ChargedWorkspace.NOTHING;
import static io.nodeledger.model.workspace.ChargedWorkspace.TUESDAY;
import static io.nodeledger.model.workspace.ChargedWorkspace.WEDNESDAY;
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
import io.nodeledger.events.workspace.WorkspaceAnswer;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsExhausted;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceCharged;
import io.nodeledger.model.InMemoryLedger;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where the money for a day comes from. */
class ChargingTest {
    @Test
    void aChargeDrawsOnWhatIsAvailableFirst() {
        try (var ledger = oneNodeAnd("10.00")) {
            ledger.send(charge(MONDAY, "2.88", Map.of("node-1", usd("2.88"))));

            assertThat(last(ledger, 1)).containsExactly(charged(MONDAY, "2.88", "2.88", NOTHING, "0.00"));
        }
    }

    @Test
    void whatIsNotAvailableIsDrawnOnTheNodesOwnHold() {
        try (var ledger = oneNodeAnd("1.00")) {
            ledger.send(charge(MONDAY, "2.88", Map.of("node-1", usd("2.88"))));

            assertThat(last(ledger, 1))
                    .containsExactly(charged(MONDAY, "2.88", "1.00", Map.of("node-1", usd("1.88")), "0.00"));
        }
    }

    @Test
    void eachHoldPaysForItsOwnNodeBeforeItPaysForAnother() {
        try (var ledger = InMemoryLedger.withWorkspace("ws-1", 5, "172.80")) {
            ledger.send(provision("ws-1", "node-1", "prod-1"));
            ledger.send(provision("ws-1", "node-2", "prod-2"));

            ledger.send(charge(MONDAY, "102.00", Map.of("node-1", usd("2.00"), "node-2", usd("100.00"))));

            assertThat(last(ledger, 1))
                    .containsExactly(charged(
                            MONDAY, "102.00", "0.00", Map.of("node-1", usd("15.60"), "node-2", usd("86.40")), "0.00"));
        }
    }

    @Test
    void theHoldOfANodeThatCostNothingIsNotTouchedAndTheRestIsOwed() {
        try (var ledger = InMemoryLedger.withWorkspace("ws-1", 5, "172.80")) {
            ledger.send(provision("ws-1", "node-1", "prod-1"));
            ledger.send(provision("ws-1", "node-2", "prod-2"));

            ledger.send(charge(MONDAY, "100.00", Map.of("node-1", usd("100.00"), "node-2", usd("0"))));

            assertThat(last(ledger, 2))
                    .containsExactly(
                            charged(MONDAY, "100.00", "0.00", Map.of("node-1", usd("86.40")), "13.60"),
                            new CreditsExhausted("ws-1", usd("13.60"), NOW.plus(GRACE), AfterGrace.KEEP, NOW));
        }
    }

    @Test
    void aDayIsChargedOnceHoweverOftenAndLateItIsAskedFor() {
        try (var ledger = oneNodeAnd("10.00")) {
            ledger.send(charge(TUESDAY, "5.76", NOTHING));
            WorkspaceAnswer again = ledger.send(charge(TUESDAY, "5.76", NOTHING));
            ledger.send(charge(TUESDAY, "7.00", NOTHING));
            ledger.send(charge(MONDAY, "2.88", NOTHING));

            assertThat(again).isInstanceOf(WorkspaceAnswer.Updated.class);
            assertThat(ledger.workspaceEvents("ws-1").stream().filter(WorkspaceCharged.class::isInstance))
                    .containsExactly(charged(TUESDAY, "5.76", "5.76", NOTHING, "0.00"));
        }
    }

    @Test
    void aDayWithoutCostIsNoEventAndTheNextOneCoversBoth() {
        try (var ledger = oneNodeAnd("10.00")) {
            ledger.send(charge(MONDAY, "0", NOTHING));
            ledger.send(charge(TUESDAY, "2.88", NOTHING));
            ledger.send(charge(WEDNESDAY, "2.88", NOTHING));

            assertThat(ledger.workspaceEvents("ws-1").stream().filter(WorkspaceCharged.class::isInstance))
                    .containsExactly(charged(TUESDAY, "2.88", "2.88", NOTHING, "0.00"));
        }
    }

    @Test
    void whatWasBilledForTooLongComesBack() {
        try (var ledger = oneNodeAnd("10.00")) {
            ledger.send(charge(MONDAY, "2.88", NOTHING));
            ledger.send(charge(TUESDAY, "1.20", NOTHING));

            assertThat(last(ledger, 1)).containsExactly(charged(TUESDAY, "-1.68", "-1.68", NOTHING, "0.00"));
            assertThat(refusal(ledger, "node-2"))
                    .isEqualTo(new Refusal.InsufficientCredits(usd("86.40"), usd("8.80"), usd("0.00")));
        }
    }

    @Test
    void whatIsLeftOfAHoldAfterDrawsIsReleased() {
        try (var ledger = oneNodeAnd("1.00")) {
            ledger.send(charge(MONDAY, "2.88", Map.of("node-1", usd("2.88"))));

            failProvisioning(ledger, "node-1");

            assertThat(last(ledger, 1))
                    .containsExactly(
                            new WorkspaceEvent.CreditHoldReleased("ws-1", "node-1", usd("84.52"), NOW.plusSeconds(1)));
        }
    }
}
