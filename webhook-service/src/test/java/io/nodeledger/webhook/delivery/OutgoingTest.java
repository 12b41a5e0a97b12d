package io.nodeledger.webhook.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** What webhooks make of records, whoever wrote them. */
@ExtendWith(OutputCaptureExtension.class)
class OutgoingTest {
    @Test
    void anEventOfOursIsToldWithItsLabels() {
        var outgoing = Outgoing.of(record(ours().build())).orElseThrow();

        assertThat(outgoing.eventId()).isEqualTo("evt-1");
        assertThat(outgoing.position()).isEqualTo(7);
        assertThat(outgoing.labels()).containsEntry("team", "a");
    }

    @ParameterizedTest
    @MethodSource("foreign")
    void whatCannotBeKeptIsPassedOverAndItsPlaceIsTold(CloudEvent event, CapturedOutput output) {
        assertThat(Outgoing.of(record(event))).isEmpty();

        assertThat(output).contains("What is at 42 of topic-3 is none of ours");
    }

    @Test
    void aRecordWithoutAnEventIsPassedOver(CapturedOutput output) {
        assertThat(Outgoing.of(record(null))).isEmpty();

        assertThat(output).contains("What is at 42 of topic-3 is none of ours");
    }

    static Stream<CloudEvent> foreign() {
        return Stream.of(
                ours().withExtension("position", 7).build(),
                ours().withExtension("position", "seven").build(),
                ours().withoutExtension("position").build(),
                ours().withoutExtension("sequence").build(),
                ours().withExtension("workspaceid", 1).build(),
                ours().withType("node.\u0000").build(),
                ours().withId("evt-\ud800").build(),
                ours().withId("e".repeat(3_000)).build(),
                ours().withSubject(null).build(),
                ours().withTime(null).build(),
                ours().withoutData().build(),
                ours().withData("7".getBytes(StandardCharsets.UTF_8)).build(),
                ours().withData("{".getBytes(StandardCharsets.UTF_8)).build());
    }

    private static io.cloudevents.core.v1.CloudEventBuilder ours() {
        return CloudEventBuilder.v1()
                .withId("evt-1")
                .withType("node.started")
                .withSource(URI.create("/api/v1/workspaces/ws-1/nodes"))
                .withSubject("node-1")
                .withTime(OffsetDateTime.parse("2026-01-01T00:00:00Z"))
                .withExtension("workspaceid", "ws-1")
                .withExtension("position", "0000000000000000007")
                .withExtension("sequence", "0000000000000000003")
                .withData(
                        "application/json",
                        "{\"node\": {\"labels\": {\"team\": \"a\"}}}".getBytes(StandardCharsets.UTF_8));
    }

    @SuppressWarnings("NullAway") // Kafka's record of a key without a value.
    private static ConsumerRecord<String, CloudEvent> record(@Nullable CloudEvent event) {
        return new ConsumerRecord<>("topic", 3, 42, "key", event);
    }
}
