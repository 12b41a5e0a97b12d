package io.nodeledger.command.provisioning;

import io.nodeledger.base.web.JsonValue;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.base.web.Violations;
import io.nodeledger.events.node.Taint;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the taints of a request. Two taints of one key and effect are one too many, as in Kubernetes. */
public final class TaintValues implements JsonValue<List<Taint>> {
    private static final int MOST = 32;
    private static final Map<String, String> EFFECTS =
            Map.of("NoSchedule", "NoSchedule", "PreferNoSchedule", "PreferNoSchedule", "NoExecute", "NoExecute");

    private static final JsonValue<List<Taint>> TAINTS = JsonValues.list(
            JsonValues.object(fields -> {
                var key = fields.required("key", JsonValues.text(QualifiedName.KEY));
                var value = fields.optional("value", JsonValues.text(QualifiedName.VALUE));
                var effect = fields.required("effect", JsonValues.word(EFFECTS));
                return () -> new Taint(key.get(), value.orElse(""), effect.get());
            }),
            MOST);

    @Override
    public Optional<List<Taint>> read(JsonNode node, String path, Violations violations) {
        int before = violations.found().size();
        var taints = TAINTS.read(node, path, violations);
        if (violations.found().size() > before) {
            return Optional.empty();
        }
        taints.ifPresent(list -> refuseRepetitions(list, path, violations));
        return taints;
    }

    private static void refuseRepetitions(List<Taint> taints, String path, Violations violations) {
        var seen = new HashSet<List<String>>();
        for (int i = 0; i < taints.size(); i++) {
            if (!seen.add(List.of(taints.get(i).key(), taints.get(i).effect()))) {
                violations.add(path + "[" + i + "]", "duplicate", "another taint has the same key and effect");
            }
        }
    }
}
