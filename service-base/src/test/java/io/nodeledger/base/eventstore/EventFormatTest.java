package io.nodeledger.base.eventstore;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.webhook.WebhookEvent;
import io.nodeledger.events.workspace.WorkspaceEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.axonframework.serialization.AnnotationRevisionResolver;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Every event in every revision that was ever written, as approved JSON: what is in the store stays readable for ever.
 * To approve a new event or revision, write its file under {@code src/test/resources/approved-events}.
 */
class EventFormatTest {
    private static final Path APPROVED = Path.of("src/test/resources/approved-events");

    private static final JsonMapper JSON = new JsonMapper();

    private final Jackson3Serializer serializer = JsonSerializers.forMessages(new AnnotationRevisionResolver());

    @ParameterizedTest(name = "{0}")
    @MethodSource("eventTypes")
    void theApprovedJsonIsReadAndWrittenBackUnchanged(Class<?> type) throws IOException {
        Path file = APPROVED.resolve(type.getSimpleName() + ".r" + revisionOf(type) + ".json");
        assertThat(file).as("approved JSON of " + type.getSimpleName()).exists();
        String approved = Files.readString(file).strip();

        Object event = serializer.deserialize(
                new SimpleSerializedObject<>(approved, String.class, type.getName(), revisionOf(type)));
        String written = serializer.serialize(event, String.class).getData();

        assertThat(written).isEqualTo(approved);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("eventTypes")
    void anApprovedSampleLeavesNoFieldOut(Class<?> type) throws IOException {
        String approved = Files.readString(APPROVED.resolve(type.getSimpleName() + ".r" + revisionOf(type) + ".json"));
        for (var component : type.getRecordComponents()) {
            assertThat(approved).contains("\"" + component.getName() + "\":");
        }
        assertThat(approved).doesNotContain(":null");
    }

    /** Fields that came later; before, an event was written without. */
    @ParameterizedTest
    @CsvSource({"DedicatedTransitionStarted, durations", "SharedTransitionScheduled, durations"})
    void whatWasWrittenWithoutAFieldThatCameLaterIsRead(String type, String field) throws IOException {
        Class<?> event = eventTypes()
                .filter(each -> each.getSimpleName().equals(type))
                .findFirst()
                .orElseThrow();
        var sample = (ObjectNode)
                JSON.readTree(Files.readString(APPROVED.resolve(type + ".r" + revisionOf(event) + ".json")));
        String before = sample.without(field).toString();

        Object read = serializer.deserialize(
                new SimpleSerializedObject<>(before, String.class, event.getName(), revisionOf(event)));

        var written = (ObjectNode)
                JSON.readTree(serializer.serialize(read, String.class).getData());
        assertThat(written.path(field).isNull()).isTrue();
        assertThat(written.without(field)).isEqualTo(JSON.readTree(before));
    }

    @Test
    void nothingIsApprovedThatNoEventReads() throws IOException {
        List<String> known = eventTypes()
                .map(type -> type.getSimpleName() + ".r" + revisionOf(type) + ".json")
                .toList();
        try (Stream<Path> files = Files.list(APPROVED)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(known);
        }
    }

    static Stream<Class<?>> eventTypes() {
        return Stream.of(NodeEvent.class, WorkspaceEvent.class, WebhookEvent.class, TransitionEvent.class)
                .flatMap(EventFormatTest::recordsOf);
    }

    private static Stream<Class<?>> recordsOf(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(type -> type.isRecord() ? Stream.of(type) : recordsOf(type));
    }

    private static String revisionOf(Class<?> type) {
        return Objects.requireNonNull(type.getAnnotation(Revision.class), type.getName())
                .value();
    }
}
