package io.nodeledger.webhook.endpoint;

import io.nodeledger.base.web.JsonFields;
import io.nodeledger.base.web.JsonValue;
import io.nodeledger.base.web.JsonValues;
import io.nodeledger.base.web.LabelRules;
import io.nodeledger.base.web.Rule;
import io.nodeledger.events.external.ExternalType;
import io.nodeledger.events.webhook.WebhookCommand.ChangeWebhookEndpoint;
import io.nodeledger.events.webhook.WebhookTarget;
import io.nodeledger.webhook.address.TargetRules;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what callers want of an endpoint. */
final class EndpointFields {
    private static final int MOST_LABELS = 64;
    private static final int LONGEST_DESCRIPTION = 500;
    private static final int LONGEST_GRACE_SECONDS = 86_400;
    private static final JsonValue<List<String>> EVENTS =
            notEmpty(JsonValues.list(JsonValues.word(words()), ExternalType.LEAVING.size()));
    private static final JsonValue<Map<String, String>> LABELS =
            JsonValues.textMap(LabelRules.KEY, LabelRules.VALUE, MOST_LABELS);
    private static final JsonValue<String> DESCRIPTION = JsonValues.text(EndpointFields::checkDescription);

    private final JsonValue<String> url;

    EndpointFields(TargetRules rules) {
        this.url = JsonValues.text(rules::check);
    }

    /** A wished endpoint. */
    record Wish(WebhookTarget target, boolean enabled) {}

    Wish wish(JsonFields body) {
        var target = body.required("url", url);
        var events = body.optional("events", EVENTS);
        var labels = body.optional("node_labels", LABELS);
        var description = body.optional("description", DESCRIPTION);
        var enabled = body.optional("enabled", JsonValues.bool());
        body.finish();
        return new Wish(
                new WebhookTarget(
                        target.get(),
                        events.orElse(List.of()).stream().distinct().toList(),
                        labels.orElse(Map.of()),
                        description.orNull()),
                enabled.orElse(true));
    }

    /** A change of what is named: {@code null} for events, labels or description means none in particular. */
    ChangeWebhookEndpoint change(JsonFields body, String endpointId, String workspaceId, Instant at) {
        var target = body.optional("url", url);
        var events = body.optional("events", orNull(EVENTS, List.of()));
        var labels = body.optional("node_labels", orNull(LABELS, Map.of()));
        var description = body.optional("description", orNull(DESCRIPTION, ""));
        var enabled = body.optional("enabled", JsonValues.bool());
        body.finish();
        var types = events.orNull();
        return new ChangeWebhookEndpoint(
                endpointId,
                workspaceId,
                target.orNull(),
                types == null ? null : types.stream().distinct().toList(),
                labels.orNull(),
                description.orNull(),
                enabled.orNull(),
                at);
    }

    /** How long former secrets sign on; {@code usual} where it is not said. */
    static Duration grace(JsonFields body, Duration usual) {
        var seconds = body.optional("grace_seconds", JsonValues.integer(0, LONGEST_GRACE_SECONDS));
        body.finish();
        Integer wished = seconds.orNull();
        return wished == null ? usual : Duration.ofSeconds(wished);
    }

    /** Who names none may mean none or all. */
    private static <T> JsonValue<List<T>> notEmpty(JsonValue<List<T>> list) {
        return (node, path, violations) -> {
            if (node.isArray() && node.isEmpty()) {
                violations.add(path, "too_few", "must have at least one item; without it, all are meant");
                return Optional.empty();
            }
            return list.read(node, path, violations);
        };
    }

    private static <T> JsonValue<T> orNull(JsonValue<T> value, T ofNull) {
        return (node, path, violations) -> node.isNull() ? Optional.of(ofNull) : value.read(node, path, violations);
    }

    private static Optional<Rule.Broken> checkDescription(String description) {
        return description.length() <= LONGEST_DESCRIPTION
                ? Optional.empty()
                : Rule.broken("too_long", "must have at most " + LONGEST_DESCRIPTION + " characters");
    }

    private static Map<String, String> words() {
        var words = new TreeMap<String, String>();
        ExternalType.LEAVING.forEach(word -> words.put(word, word));
        return words;
    }
}
