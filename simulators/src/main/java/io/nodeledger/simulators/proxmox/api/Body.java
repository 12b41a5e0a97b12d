package io.nodeledger.simulators.proxmox.api;

import io.nodeledger.simulators.proxmox.cluster.PveError;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Turns a body into parameters. */
final class Body {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Body() {}

    static Map<String, String> parameters(String contentType, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        if (text.isBlank()) {
            return Map.of();
        }
        return contentType.startsWith("application/json") ? json(text) : form(text);
    }

    private static Map<String, String> form(String text) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : pair.substring(equals + 1);
            parameters.put(decode(name), decode(value));
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw PveError.status(400, "malformed form data");
        }
    }

    private static Map<String, String> json(String text) {
        try {
            JsonNode tree = JSON.readTree(text);
            Map<String, String> parameters = new HashMap<>();
            tree.properties().forEach(entry -> {
                JsonNode value = entry.getValue();
                String plain = value.isBoolean() ? (value.booleanValue() ? "1" : "0") : value.asString();
                parameters.put(entry.getKey(), plain);
            });
            return parameters;
        } catch (JacksonException e) {
            throw PveError.status(400, "malformed JSON");
        }
    }
}
