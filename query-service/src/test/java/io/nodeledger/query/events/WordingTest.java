package io.nodeledger.query.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.query.audit.AuditEntry;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** How facts of a node's life are told. */
class WordingTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "node.deleted | {} | Normal | NodeDeleted | The node is deleted; its machine and its Kubernetes node are gone",
                "node.stop_failed | {'failed_step': 'SHUT_DOWN', 'code': 'TIMED_OUT', 'reason': 'it costs $1'} | Warning"
                        + " | NodeStopFailed | The stop failed at the step 'shut_down': it costs $1 (TIMED_OUT)",
                "node.operation_cancelled | {'type': 'PROVISION', 'reason': 'The node is being deleted.'} | Normal"
                        + " | OperationCancelled | The operation 'provision' was cancelled: The node is being deleted.",
                "node.health_check_failed | {'code': 'NOT_READY', 'reason': 'Not Ready.'} | Warning | NodeHealthCheckFailed"
                        + " | Not Ready. (NOT_READY)",
                "node.resource_threshold_exceeded | {'resource': 'CPU', 'percentage': '97.3', 'threshold': '90'} | Warning"
                        + " | ResourceThresholdExceeded | The node has used 97.3 % of its cpu, more than 90 %",
                "node.transition_joined | {} | Normal | NodeInTransition | The node belongs to the transition trans-1",
                "node.came_of_age | {} | Normal | NodeCameOfAge | node came of age",
            })
    void a_fact_is_told_in_words(String fact, String data, String type, String reason, String message) {
        var event = Wording.of(fact(
                fact,
                data.replace("': '", "\": \"")
                        .replace("{'", "{\"")
                        .replace("'}", "\"}")
                        .replace("', '", "\", \"")));

        assertThat(event.type()).isEqualTo(type);
        assertThat(event.reason()).isEqualTo(reason);
        assertThat(event.message()).isEqualTo(message);
        assertThat(event.source()).isEqualTo("node-controller");
    }

    @Test
    void it_happened_once_when_it_happened() {
        var event = Wording.of(fact("node.started", "{}"));

        assertThat(event.count()).isEqualTo(1);
        assertThat(event.firstTimestamp()).isEqualTo(event.lastTimestamp()).isEqualTo("2024-01-20T10:00:00Z");
    }

    private static AuditEntry fact(String type, String data) {
        var status = new AuditEntry.Status("running");
        return new AuditEntry(
                "evt-1",
                1,
                Instant.parse("2024-01-20T10:00:00Z"),
                type,
                null,
                "node-1",
                null,
                "trans-1",
                new AuditEntry.Actor("user-1", "user", "admin"),
                new AuditEntry.CausedBy(null, null),
                "req-1",
                null,
                status,
                status,
                JSON.readTree(data));
    }
}
