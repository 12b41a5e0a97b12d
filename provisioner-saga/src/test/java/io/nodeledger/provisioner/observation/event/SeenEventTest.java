package io.nodeledger.provisioner.observation.event;

import static io.nodeledger.provisioner.observation.event.AnEvent.NOON;
import static io.nodeledger.provisioner.observation.event.AnEvent.ofKubelet;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.EventSeries;
import io.fabric8.kubernetes.api.model.MicroTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events in both of their forms, and what else an API server lets pass. */
class SeenEventTest {
    @Test
    void an_older_event_has_its_own_count_and_times() {
        assertThat(SeenEvent.of(ofKubelet("node-1", "a").build(), NOON))
                .contains(new SeenEvent(
                        "uid-of-a",
                        new What(
                                "node-1", "Normal", "NodeReady", "Node node-1-k8s status is now: NodeReady", "kubelet"),
                        3,
                        Instant.parse("2026-01-01T11:00:00Z"),
                        Instant.parse("2026-01-01T11:30:00Z")));
    }

    @Test
    void an_event_of_the_newer_kind_has_them_in_its_series() {
        var seen = seen(newer().withSeries(new EventSeries(7, new MicroTime("2026-01-01T11:20:00.987654Z")))
                .build());

        assertThat(seen.count()).isEqualTo(7);
        assertThat(seen.firstAt()).isEqualTo(Instant.parse("2026-01-01T11:10:00.123Z"));
        assertThat(seen.lastAt()).isEqualTo(Instant.parse("2026-01-01T11:20:00.987Z"));
        assertThat(seen.what().source()).isEqualTo("kube-proxy");
    }

    @Test
    void an_event_of_the_newer_kind_that_happened_once_has_no_series() {
        var seen = seen(newer().build());

        assertThat(seen.count()).isEqualTo(1);
        assertThat(seen.lastAt()).isEqualTo(seen.firstAt()).isEqualTo(Instant.parse("2026-01-01T11:10:00.123Z"));
    }

    @Test
    void an_event_without_any_time_happened_when_its_object_was_made() {
        var seen = seen(ofKubelet("node-1", "a")
                .withFirstTimestamp(null)
                .withLastTimestamp("yesterday")
                .withCount(null)
                .build());

        assertThat(seen.firstAt()).isEqualTo(seen.lastAt()).isEqualTo(Instant.parse("2026-01-01T11:59:00Z"));
        assertThat(seen.count()).isEqualTo(1);
    }

    @Test
    void nothing_has_happened_in_the_future() {
        var seen = seen(ofKubelet("node-1", "a")
                .withLastTimestamp("2036-01-01T00:00:00Z")
                .build());

        assertThat(seen.lastAt()).isEqualTo(NOON);
    }

    @ParameterizedTest
    @CsvSource({
        "Node, node-1-k8s, true",
        "Node, node-01jz8m2v5c9q3w7r1t6y4k8n0p-k8s, true",
        "Pod, node-1-k8s, false",
        "Node, node-1, false",
        "Node, worker-1, false",
        "Node, node-1-k8s-2, false",
    })
    void an_event_is_a_nodes_by_kind_and_name(String kind, String name, boolean ours) {
        var event = ofKubelet("node-1", "a")
                .editInvolvedObject()
                .withKind(kind)
                .withName(name)
                .endInvolvedObject()
                .build();

        assertThat(SeenEvent.of(event, NOON).isPresent()).isEqualTo(ours);
    }

    /** One event that can't be written down would keep all later ones of its region from it. */
    @Test
    void whatever_text_it_has_can_be_written_down() {
        var seen = seen(ofKubelet("node-1", "a")
                .withType("Error")
                .withReason(null)
                .withMessage("a\0b\ud800c" + "x".repeat(5000))
                .withSource(null)
                .withReportingComponent(null)
                .build());

        assertThat(seen.what().type()).isEqualTo("Normal");
        assertThat(seen.what().reason()).isEmpty();
        assertThat(seen.what().source()).isEmpty();
        assertThat(seen.what().message()).startsWith("a b?cxxx").hasSize(1024);
    }

    private static EventBuilder newer() {
        return ofKubelet("node-1", "b")
                .withFirstTimestamp(null)
                .withLastTimestamp(null)
                .withCount(null)
                .withSource(null)
                .withEventTime(new MicroTime("2026-01-01T11:10:00.123456Z"))
                .withReportingComponent("kube-proxy")
                .withReportingInstance("kube-proxy-node-1");
    }

    private static SeenEvent seen(Event event) {
        return SeenEvent.of(event, NOON).orElseThrow();
    }
}
