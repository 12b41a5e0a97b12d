package io.nodeledger.resilience.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the checker says of logs in which nodes cost something and workspaces are charged. */
class ChargeStoryTest {
    private static final LocalDate LAST = LocalDate.parse("2026-01-06");
    private static final String[] RUNNING = {
        "workspace:ws NodeAdmitted {'nodeId': 'node-1', 'name': 'prod-1', 'creditHold': 72.00}",
        "node-1 NodeProvisioningStarted {'workspaceId': 'ws', 'terms': {'hourlyRate': 0.10, 'stoppedRate': 0.01}}",
        "node-1 NodeProvisioningCompleted {'workspaceId': 'ws', 'effectiveAt': '2026-01-05T12:00:00Z'}"
    };
    private static final String FIRST_DAY = charge("2026-01-05", "1.20");
    private static final String STOPPED = "node-1 NodeStopped {'effectiveAt': '2026-01-06T10:00:00Z'}";

    @Test
    void daysThatAreChargedWhatTheirNodesCostAreSound() {
        assertThat(violations(FIRST_DAY, STOPPED, charge("2026-01-06", "1.14"))).isEmpty();
    }

    @Test
    void whatIsKnownLateBelongsToALaterDay() {
        String late = "node-1 NodeStopped {'effectiveAt': '2026-01-05T22:00:00Z'}";

        assertThat(violations(FIRST_DAY, late, charge("2026-01-06", "0.06"))).isEmpty();
    }

    @Test
    void aMachineThatVanishedIsPaidToTheLastProofOfItsLife() {
        String gone =
                "node-1 MachineVanished {'lastSeenAt': '2026-01-05T14:00:00Z', 'effectiveAt': '2026-01-06T10:00:00Z'}";

        assertThat(violations(FIRST_DAY, STOPPED, gone, charge("2026-01-06", "-0.20")))
                .as("it was seen to be stopped")
                .isNotEmpty();
        assertThat(violations(FIRST_DAY, gone, charge("2026-01-06", "-1.00"))).isEmpty();
    }

    @Test
    void aDayThatIsLeftOutIsFound() {
        assertThat(violations(charge("2026-01-06", "3.60")))
                .singleElement()
                .asString()
                .contains("was charged 0 by the end of 2026-01-05");
        assertThat(violations(FIRST_DAY)).singleElement().asString().contains("by the end of 2026-01-06");
    }

    @Test
    void anotherAmountIsFound() {
        assertThat(violations(FIRST_DAY, charge("2026-01-06", "2.40000001"))).isNotEmpty();
    }

    @Test
    void aDayThatIsChargedAgainIsFound() {
        assertThat(violations(FIRST_DAY, charge("2026-01-06", "2.40"), charge("2026-01-06", "0.00")))
                .singleElement()
                .asString()
                .contains("is charged for 2026-01-06, and was before");
    }

    @Test
    void aDebtForANodeForWhichSomethingIsHeldIsFound() {
        String owed = FIRST_DAY.replace("'owed': 0", "'owed': 0.20");

        assertThat(violations(owed, charge("2026-01-06", "2.40")))
                .singleElement()
                .asString()
                .contains("owes for 2026-01-05, but holds 72.00 for node-1");
    }

    private static String charge(String day, String amount) {
        return "workspace:ws WorkspaceCharged {'day': '%s', 'amount': %s, 'fromHolds': {}, 'owed': 0}"
                .formatted(day, amount);
    }

    private static List<String> violations(String... events) {
        var log = new ArrayList<RecordedEvent>();
        var sequences = new HashMap<String, Long>();
        for (String event : List.of(RUNNING)) {
            log.add(recorded(event, sequences));
        }
        for (String event : events) {
            log.add(recorded(event, sequences));
        }
        return ChargeStory.violations(log, LAST);
    }

    private static RecordedEvent recorded(String event, Map<String, Long> sequences) {
        String[] parts = event.split(" ", 3);
        long sequence = sequences.merge(parts[0], 0L, (last, _) -> last + 1);
        return new RecordedEvent(parts[0], sequence, parts[1], Stores.JSON.readTree(parts[2].replace('\'', '"')));
    }
}
