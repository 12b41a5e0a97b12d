package io.nodeledger.standalone.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.nodeledger.standalone.separate.Service;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** All services on one machine: as restricted as anywhere else, each with its own role, each twice. */
class ComposeTest {
    private final JsonNode compose;

    ComposeTest() throws IOException {
        compose = DeployFolder.documents(DeployFolder.DEPLOY.resolve("compose/compose.yaml"))
                .getFirst();
    }

    @Test
    void everyServiceRunsTwice() {
        for (Service service : Service.values()) {
            var merged = merged(compose.path("services").path(service.module()));
            assertThat(told(merged, "deploy").path("replicas").asInt(1))
                    .as(service.module())
                    .isEqualTo(2);
        }
    }

    @Test
    void everyContainerIsRestricted() {
        compose.path("services").properties().forEach(service -> {
            var merged = merged(service.getValue());
            String name = service.getKey();
            assertThat(told(merged, "read_only").asBoolean(false)).as(name).isTrue();
            assertThat(told(merged, "cap_drop").path(0).asString("")).as(name).isEqualTo("ALL");
            assertThat(told(merged, "security_opt").path(0).asString(""))
                    .as(name)
                    .isEqualTo("no-new-privileges:true");
            assertThat(told(merged, "user").asString("")).as(name).matches("[1-9][0-9]*:[1-9][0-9]*");
            assertThat(merged).as(name).doesNotContainKeys("privileged", "cap_add");
        });
    }

    @Test
    void secretsAreFiles() {
        compose.path("secrets")
                .properties()
                .forEach(secret -> assertThat(secret.getValue().path("file").asString(""))
                        .as(secret.getKey())
                        .startsWith("./secrets/"));
    }

    private static JsonNode told(Map<String, JsonNode> service, String key) {
        return Objects.requireNonNull(service.get(key), key);
    }

    /** With what it takes over ({@code <<}): an alias reads as its anchor's name, and anchor NAME is at {@code x-NAME}. */
    private Map<String, JsonNode> merged(JsonNode node) {
        var all = new LinkedHashMap<String, JsonNode>();
        node.properties().forEach(property -> {
            if (property.getKey().equals("<<")) {
                all.putAll(merged(compose.path("x-" + property.getValue().asString())));
            }
        });
        node.properties().forEach(property -> all.put(property.getKey(), property.getValue()));
        return all;
    }
}
