package io.nodeledger.webhook.asyncapi;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.events.external.ExternalType;
import io.nodeledger.testing.DescriptionLint;
import io.nodeledger.webhook.kafka.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description of events says what is told: every type, every field. */
class AsyncApiTest {
    private static final Path NOTICES = Path.of("src/test/resources/approved-notices");
    private static final JsonNode DOCUMENT = AsyncApiController.load();

    @Test
    void aLinterAcceptsIt(@TempDir Path folder) throws Exception {
        DescriptionLint.accepts(folder, DOCUMENT.toString());
    }

    @Test
    void itNamesTheTopicsAndEveryType() {
        assertThat(DOCUMENT.at("/channels/lifecycle/address").asString()).isEqualTo(Topics.LIFECYCLE);
        assertThat(DOCUMENT.at("/channels/state/address").asString()).isEqualTo(Topics.STATE);
        assertThat(DOCUMENT.at("/components/schemas/EventType/enum")
                        .valueStream()
                        .map(JsonNode::asString))
                .containsExactlyInAnyOrderElementsOf(ExternalType.LEAVING);
    }

    @Test
    void everyNoticeHasTheFieldsThatItDescribesAndNoOthers() throws IOException {
        try (Stream<Path> files = Files.list(NOTICES)) {
            for (Path file : files.toList()) {
                JsonNode notice = JsonMapper.shared().readTree(Files.readString(file));
                String schema = schemaOf(notice.path("type").asString("Node"));
                assertDescribed(file.getFileName() + ": ", notice.path("data"), schema(schema));
            }
        }
    }

    private static String schemaOf(String type) {
        return switch (type.replaceFirst("\\..*", "")) {
            case "node" -> "LifecycleNotice";
            case "workspace" -> "CreditNotice";
            case "transition" -> "TransitionNotice";
            case "webhook" -> "WebhookNotice";
            default -> type;
        };
    }

    private static void assertDescribed(String where, JsonNode value, JsonNode described) {
        JsonNode schema = described.has("$ref")
                ? DOCUMENT.at(described.path("$ref").asString().substring(1))
                : described;
        JsonNode properties = schema.path("properties");
        schema.path("required")
                .forEach(field -> assertThat(value.has(field.asString()))
                        .as(where + field.asString())
                        .isTrue());
        if (!properties.isObject()) {
            return;
        }
        value.properties().forEach(field -> {
            assertThat(properties.has(field.getKey()))
                    .as(where + field.getKey())
                    .isTrue();
            assertDescribed(where + field.getKey() + ".", field.getValue(), properties.path(field.getKey()));
        });
    }

    private static JsonNode schema(String name) {
        return DOCUMENT.at("/components/schemas/" + name);
    }
}
