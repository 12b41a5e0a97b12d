package io.nodeledger.webhook.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.base.eventstore.JsonSerializers;
import io.nodeledger.events.cause.Cause;
import io.nodeledger.events.external.CreditNotice;
import io.nodeledger.events.external.ExternalType;
import io.nodeledger.events.external.LifecycleNotice;
import io.nodeledger.events.external.NodeNotice;
import io.nodeledger.events.external.TransitionNotice;
import io.nodeledger.events.external.WebhookNotice;
import io.nodeledger.events.node.NodeEvent;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningCompleted;
import io.nodeledger.events.node.NodeEvent.NodeProvisioningStarted;
import io.nodeledger.events.node.NodeEvent.Progress;
import io.nodeledger.events.node.record.NodeFold;
import io.nodeledger.events.node.record.NodeRecord;
import io.nodeledger.events.transition.TransitionEvent;
import io.nodeledger.events.transition.TransitionEvent.DedicatedTransitionStarted;
import io.nodeledger.events.transition.TransitionEvent.SharedTransitionScheduled;
import io.nodeledger.events.transition.record.TransitionFold;
import io.nodeledger.events.webhook.WebhookEvent;
import io.nodeledger.events.webhook.WebhookEvent.WebhookEndpointDisabled;
import io.nodeledger.events.workspace.WorkspaceEvent;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsExhausted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsGranted;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsRestored;
import io.nodeledger.events.workspace.WorkspaceEvent.OwedSettled;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceCharged;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.axonframework.serialization.AnnotationRevisionResolver;
import org.axonframework.serialization.Revision;
import org.axonframework.serialization.SimpleSerializedObject;
import org.axonframework.serialization.jackson3.Jackson3Serializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What consumers of version 1 are told of every lifecycle event, as approved JSON: fields may be added, none goes or changes.
 * The events are those whose own format is approved. To approve what is new, run with {@code -Dapprove=true} and read the difference.
 */
class NoticeFormatTest {
    private static final Path EVENTS =
            Path.of(System.getProperty("nodeledger.root", ".."), "service-base/src/test/resources/approved-events");
    private static final Path NOTICES = Path.of("src/test/resources/approved-notices");
    private static final Cause CAUSE =
            new Cause("user-1", "user", "admin", "ws-1", "req-1", "192.0.2.7", "key-1", "Command", null);
    private static final JsonMapper PRETTY = JsonMapper.shared();

    private final Jackson3Serializer serializer = JsonSerializers.forMessages(new AnnotationRevisionResolver());

    @ParameterizedTest(name = "{0}")
    @MethodSource("lifecycleEvents")
    void everyLifecycleEventIsToldAsApproved(Class<?> type) throws IOException {
        var event = (NodeEvent) sample(type);
        var before = event instanceof NodeProvisioningStarted ? null : running();
        var after = NodeFold.after(before, event, 7);

        assertIsApproved(
                type.getSimpleName() + ".v1.json",
                "\"" + ExternalType.of(event) + "\"",
                ExternalJson.bytes(LifecycleNotice.of(event, before, after, CAUSE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("creditEvents")
    void everyEventOfCreditsIsToldAsApproved(Class<?> type) throws IOException {
        var event = (WorkspaceEvent) sample(type);

        assertIsApproved(
                type.getSimpleName() + ".v1.json",
                "\"" + ExternalType.of(event).orElseThrow() + "\"",
                ExternalJson.bytes(CreditNotice.of(event, CAUSE)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("transitionEvents")
    void everyEventOfTransitionsIsToldAsApproved(Class<?> type) throws IOException {
        var event = (TransitionEvent) sample(type);
        var scheduled = (TransitionEvent) sample(SharedTransitionScheduled.class);
        boolean begins = event instanceof SharedTransitionScheduled || event instanceof DedicatedTransitionStarted;
        var before = begins ? null : TransitionFold.after(null, scheduled);
        var after = TransitionFold.after(before, event);

        assertIsApproved(
                type.getSimpleName() + ".v1.json",
                "\"" + ExternalType.of(event) + "\"",
                ExternalJson.bytes(TransitionNotice.of(event, before, after, CAUSE)));
    }

    static Stream<Class<?>> transitionEvents() {
        return recordsOf(TransitionEvent.class)
                .filter(type -> !List.of(type.getInterfaces()).contains(TransitionEvent.Internal.class));
    }

    @Test
    void theEndOfAnEndpointIsToldAsApproved() throws IOException {
        var event = (WebhookEvent) sample(WebhookEndpointDisabled.class);

        assertIsApproved(
                "WebhookEndpointDisabled.v1.json",
                "\"" + ExternalType.of(event).orElseThrow() + "\"",
                ExternalJson.bytes(WebhookNotice.of(event, CAUSE)));
    }

    static Stream<Class<?>> creditEvents() {
        return Stream.of(
                CreditsGranted.class,
                WorkspaceCharged.class,
                OwedSettled.class,
                CreditsExhausted.class,
                CreditsRestored.class);
    }

    @Test
    void aNodeIsToldAsApproved() throws IOException {
        assertIsApproved("Node.v1.json", "null", ExternalJson.bytes(NodeNotice.of(running())));
    }

    @Test
    void nothingIsApprovedThatIsNotTold() throws IOException {
        var others = Stream.<Class<?>>of(WebhookEndpointDisabled.class, NodeNotice.class);
        var told = Stream.of(lifecycleEvents(), transitionEvents(), creditEvents(), others)
                .flatMap(types -> types)
                .map(type -> type == NodeNotice.class ? "Node" : type.getSimpleName())
                .map(name -> name + ".v1.json")
                .toList();
        try (Stream<Path> files = Files.list(NOTICES)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(told);
        }
    }

    @Test
    void theWordsThatEndpointsChooseFromAreThoseThatAreTold() throws IOException {
        var told = new TreeSet<String>();
        try (Stream<Path> files = Files.list(NOTICES)) {
            for (Path file : files.toList()) {
                told.add(PRETTY.readTree(Files.readString(file)).path("type").asString());
            }
        }
        told.remove("");
        told.addAll(List.of(
                "node.starting",
                "node.stopping",
                "node.rebooting",
                "node.start_failed",
                "node.stop_failed",
                "node.reboot_failed"));

        assertThat(ExternalType.LEAVING).containsExactlyInAnyOrderElementsOf(told);
    }

    private static void assertIsApproved(String name, String type, byte[] data) throws IOException {
        var told = PRETTY.createObjectNode();
        told.set("type", PRETTY.readTree(type));
        told.set("data", PRETTY.readTree(new String(data, StandardCharsets.UTF_8)));
        Path file = NOTICES.resolve(name);
        if (Boolean.getBoolean("approve")) {
            Files.writeString(file, PRETTY.writerWithDefaultPrettyPrinter().writeValueAsString(told) + "\n");
        }
        assertThat(file).as("%s", told).exists();
        assertThat(told).isEqualTo(PRETTY.readTree(Files.readString(file)));
    }

    private NodeRecord running() {
        var started = (NodeEvent) sample(NodeProvisioningStarted.class);
        return NodeFold.after(NodeFold.after(null, started, 0), (NodeEvent) sample(NodeProvisioningCompleted.class), 1);
    }

    private Object sample(Class<?> type) {
        try {
            String json = Files.readString(EVENTS.resolve(type.getSimpleName() + ".r" + revisionOf(type) + ".json"));
            return serializer.deserialize(
                    new SimpleSerializedObject<>(json.strip(), String.class, type.getName(), revisionOf(type)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Stream<Class<?>> lifecycleEvents() {
        return recordsOf(NodeEvent.class)
                .filter(type -> !List.of(type.getInterfaces()).contains(Progress.class));
    }

    private static Stream<Class<?>> recordsOf(Class<?> sealed) {
        return Arrays.stream(sealed.getPermittedSubclasses())
                .flatMap(type -> type.isRecord() ? Stream.of(type) : recordsOf(type));
    }

    private static String revisionOf(Class<?> type) {
        return Objects.requireNonNull(type.getAnnotation(Revision.class)).value();
    }
}
