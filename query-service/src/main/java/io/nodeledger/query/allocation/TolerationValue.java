package io.nodeledger.query.allocation;

import io.nodeledger.base.web.JsonValue;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.base.web.LabelRules;
import io.nodeledger.base.web.Rule;
import io.nodeledger.base.web.Violations;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads a toleration by Kubernetes' rules: without a key it must tolerate whatever exists, and what exists has no value. */
final class TolerationValue implements JsonValue<Toleration> {
    private static final Map<String, Boolean> OPERATORS = Map.of("Equal", false, "Exists", true);
    private static final Set<String> EFFECTS = Set.of("", "NoSchedule", "PreferNoSchedule", "NoExecute");

    private static final JsonValue<Toleration> SHAPE = JsonValues.object(fields -> {
        var key = fields.optional("key", JsonValues.text(TolerationValue::checkKey));
        var exists = fields.optional("operator", JsonValues.word(OPERATORS));
        var value = fields.optional("value", JsonValues.text(LabelRules.VALUE));
        var effect = fields.optional("effect", JsonValues.text(TolerationValue::checkEffect));
        return () -> new Toleration(key.orElse(""), exists.orElse(false), value.orElse(""), effect.orElse(""));
    });

    @Override
    public Optional<Toleration> read(JsonNode node, String path, Violations violations) {
        return SHAPE.read(node, path, violations).filter(toleration -> {
            if (toleration.exists() && !toleration.value().isEmpty()) {
                violations.add(path + ".value", "not_allowed", "must be empty when the operator is Exists");
                return false;
            }
            if (toleration.key().isEmpty() && !toleration.exists()) {
                violations.add(path + ".operator", "required", "must be Exists when there is no key");
                return false;
            }
            return true;
        });
    }

    private static Optional<Rule.Broken> checkKey(String key) {
        return key.isEmpty() ? Optional.empty() : LabelRules.KEY.check(key);
    }

    private static Optional<Rule.Broken> checkEffect(String effect) {
        return EFFECTS.contains(effect)
                ? Optional.empty()
                : Rule.broken(
                        "unknown_value", "must be NoSchedule, PreferNoSchedule or NoExecute, or empty for all of them");
    }
}
