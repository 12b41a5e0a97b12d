package io.nodeledger.webhook.asyncapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Serves the hand-written description of topics and events (AsyncAPI 3.0) to everybody. */
@RestController
public final class AsyncApiController {
    /** Read at the first request. */
    private static final class Document {
        private static final JsonNode JSON = load();
    }

    @GetMapping("/asyncapi.json")
    ResponseEntity<JsonNode> asyncApi() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Document.JSON);
    }

    /** The document of this build. */
    static JsonNode load() {
        try (var yaml = new ClassPathResource("asyncapi/asyncapi.yaml").getInputStream()) {
            return new YAMLMapper().readTree(yaml);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The description of events is not readable", unreadable);
        }
    }
}
