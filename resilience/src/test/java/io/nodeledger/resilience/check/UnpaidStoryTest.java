package io.nodeledger.resilience.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the checker says of logs in which a node is stopped that is not paid for. */
class UnpaidStoryTest {
    private static final String EXHAUSTED = "workspace:ws CreditsExhausted {'graceEndsAt': '2026-01-06T00:10:00Z'}";
    private static final String RESTORED = "workspace:ws CreditsRestored {}";
    private static final String STOPPED = "node-1 NodeStopped {}";

    @Test
    void aStopAfterTheGraceIsSound() {
        assertThat(violations(EXHAUSTED, stop("2026-01-06T00:10:00Z"), STOPPED)).isEmpty();
    }

    @Test
    void aStopWithinTheGraceIsFound() {
        assertThat(violations(EXHAUSTED, stop("2026-01-06T00:09:59.999Z"), STOPPED))
                .singleElement()
                .asString()
                .contains("its grace ends 2026-01-06T00:10:00Z");
    }

    @Test
    void aStopAfterThePaymentIsFound() {
        assertThat(violations(EXHAUSTED, RESTORED, stop("2026-01-07T00:00:00Z"), STOPPED))
                .singleElement()
                .asString()
                .contains("nothing is owed");
    }

    @Test
    void aStopThatIsMissingOrRepeatedIsFound() {
        String stop = stop("2026-01-07T00:00:00Z");

        assertThat(violations(EXHAUSTED)).singleElement().asString().contains("stopped 0 times");
        assertThat(violations(EXHAUSTED, stop, STOPPED, stop, STOPPED))
                .singleElement()
                .asString()
                .contains("stopped 2 times");
    }

    private static String stop(String at) {
        return "node-1 PowerOperationStarted {'type': 'STOP', 'effectiveAt': '%s'}".formatted(at);
    }

    private static List<String> violations(String... events) {
        var log = new ArrayList<RecordedEvent>();
        for (String event : events) {
            String[] parts = event.split(" ", 3);
            log.add(new RecordedEvent(
                    parts[0], log.size(), parts[1], Stores.JSON.readTree(parts[2].replace('\'', '"'))));
        }
        return UnpaidStory.violations(log, "node-1", "ws");
    }
}
