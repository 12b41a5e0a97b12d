package io.nodeledger.query.openapi;

import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Serves the description of the API to everybody. */
@RestController
class OpenApiController {
    /** Read at the first request: it is large, and a start waits for nothing that it does not need. */
    private static final class Document {
        private static final JsonNode JSON =
                JsonMapper.shared().readTree(OpenApiDocument.load().json());
    }

    @GetMapping("/openapi.json")
    ResponseEntity<JsonNode> openApi() {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(Document.JSON);
    }
}
