package io.nodeledger.resilience.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the checker says of streams in which credits are charged. */
class WorkspaceStoryTest {
    private static final String[] BEGIN = {
        "WorkspaceRegistered {'maxNodes': 5}",
        "CreditsGranted {'amount': 10.00}",
        "NodeAdmitted {'nodeId': 'node-1', 'name': 'prod-1', 'creditHold': 8.00}"
    };
    private static final String BROKE =
            "WorkspaceCharged {'day': '2026-01-05', 'amount': 11.00, 'fromAvailable': 2.00, 'fromHolds': {'node-1': 8.00}, 'owed': 1.00}";

    @Test
    void aDebtThatIsToldAndPaidIsSound() {
        assertThat(violations(
                        BROKE,
                        "CreditsExhausted {'owed': 1.00}",
                        "CreditsGranted {'amount': 5.00}",
                        "OwedSettled {'amount': 1.00}",
                        "CreditsRestored {}",
                        "WorkspaceCharged {'day': '2026-01-06', 'amount': -2, 'fromAvailable': -2, 'fromHolds': {}, 'owed': 0}",
                        "NodeReleased {'nodeId': 'node-1', 'releasedHold': 0.00}"))
                .isEmpty();
    }

    @Test
    void aDayThatIsChargedTwiceIsFound() {
        String charge =
                "WorkspaceCharged {'day': '2026-01-05', 'amount': 1, 'fromAvailable': 1, 'fromHolds': {}, 'owed': 0}";

        assertThat(violations(charge, charge)).singleElement().asString().contains("is charged for 2026-01-05 after");
    }

    @Test
    void aChargeThatDrawsAnotherAmountIsFound() {
        assertThat(
                        violations(
                                "WorkspaceCharged {'day': '2026-01-05', 'amount': 2, 'fromAvailable': 1, 'fromHolds': {}, 'owed': 0}"))
                .anyMatch(violation -> violation.contains("draws 1 for a charge of 2"));
    }

    @Test
    void whatIsDrawnThoughItIsHeldIsFound() {
        assertThat(
                        violations(
                                "WorkspaceCharged {'day': '2026-01-05', 'amount': 3, 'fromAvailable': 3, 'fromHolds': {}, 'owed': 0}"))
                .anyMatch(violation -> violation.contains("has 7.00, holds 8.00"));
    }

    @Test
    void aDebtThatNobodyIsToldOfIsFound() {
        assertThat(violations(BROKE)).singleElement().asString().contains("owes 1.00, and is told to be well");
    }

    @Test
    void aDebtThatIsLeftWhileThereIsMoneyIsFound() {
        assertThat(violations(BROKE, "CreditsExhausted {'owed': 1.00}", "CreditsGranted {'amount': 5.00}"))
                .singleElement()
                .asString()
                .contains("owes 1.00, but has 5.00");
    }

    private static List<String> violations(String... more) {
        var events = new ArrayList<RecordedEvent>();
        var lines = new ArrayList<>(Arrays.asList(BEGIN));
        lines.addAll(Arrays.asList(more));
        for (String line : lines) {
            int space = line.indexOf(' ');
            var payload = Stores.JSON.readTree(line.substring(space).replace('\'', '"'));
            events.add(new RecordedEvent("workspace:ws-1", events.size(), line.substring(0, space), payload));
        }
        return WorkspaceStory.of("workspace:ws-1", events).violations();
    }
}
