package io.nodeledger.command.lifecycle;

import io.nodeledger.base.web.JsonValue;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.base.web.Violations;
import io.nodeledger.command.provisioning.QualifiedName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Labels to set, and to take away where the value is {@code null}, as in a merge patch (source: RFC 7396). */
final class LabelChanges implements JsonValue<Map<String, Optional<String>>> {
    private static final int MOST = 128;
    private static final JsonValue<Map<String, String>> SET =
            JsonValues.textMap(QualifiedName.KEY, QualifiedName.VALUE, MOST);

    @Override
    public Optional<Map<String, Optional<String>>> read(JsonNode node, String path, Violations violations) {
        if (!node.isObject()) {
            return SET.read(node, path, violations).map(_ -> Map.of());
        }
        var set = (ObjectNode) node.deepCopy();
        var changes = new LinkedHashMap<String, Optional<String>>();
        node.properties().stream().filter(label -> label.getValue().isNull()).forEach(label -> {
            QualifiedName.KEY
                    .check(label.getKey())
                    .ifPresent(no -> violations.add(path + "." + label.getKey(), no.code(), no.message()));
            changes.put(label.getKey(), Optional.empty());
            set.remove(label.getKey());
        });
        return SET.read(set, path, violations).map(wanted -> {
            wanted.forEach((key, value) -> changes.put(key, Optional.of(value)));
            return Map.copyOf(changes);
        });
    }
}
