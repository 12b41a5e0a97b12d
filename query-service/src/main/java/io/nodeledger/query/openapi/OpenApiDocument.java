package io.nodeledger.query.openapi;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.core.io.ClassPathResource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The hand-written description of the API: the contract comes first, the routes are held to it. */
public final class OpenApiDocument {
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch");

    private final JsonNode document;

    private OpenApiDocument(JsonNode document) {
        this.document = document;
    }

    /** The document of this build. */
    public static OpenApiDocument load() {
        try (var yaml = new ClassPathResource("openapi/openapi.yaml").getInputStream()) {
            return new OpenApiDocument(new YAMLMapper().readTree(yaml));
        } catch (IOException e) {
            throw new UncheckedIOException("The description of the API is not readable", e);
        }
    }

    /** The document as JSON. */
    public String json() {
        return JsonMapper.shared().writeValueAsString(document);
    }

    /** Every route that it describes, e.g. {@code GET /api/v1/node-plans}. */
    public Set<String> routes() {
        var routes = new TreeSet<String>();
        document.get("paths")
                .forEachEntry((path, item) -> item.propertyNames().stream()
                        .filter(METHODS::contains)
                        .forEach(method -> routes.add(method.toUpperCase(Locale.ROOT) + " " + path)));
        return routes;
    }
}
