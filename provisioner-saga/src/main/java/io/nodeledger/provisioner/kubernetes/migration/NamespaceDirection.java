package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The annotations by which a namespace directs its pods (source: Kubernetes, admission plugins PodNodeSelector and
 * PodTolerationRestriction), and those that keep what was there before us.
 */
final class NamespaceDirection {
    static final String SELECTOR = "scheduler.alpha.kubernetes.io/node-selector";
    static final String DEFAULTS = "scheduler.alpha.kubernetes.io/defaultTolerations";
    static final String ALLOWED = "scheduler.alpha.kubernetes.io/tolerationsWhitelist";
    private static final Map<String, String> FORMER = Map.of(
            SELECTOR, "nodeledger.io/former-node-selector",
            DEFAULTS, "nodeledger.io/former-default-tolerations",
            ALLOWED, "nodeledger.io/former-tolerations-whitelist");
    private static final String FORMER_SELECTOR = "nodeledger.io/former-node-selector";

    /** The selector by which somebody else had directed the namespace to dedicated nodes; ours asks for that, too. */
    private static final String FORMER_DEDICATED = "nodeledger.io/former-dedicated-node-selector";

    private static final String SINCE = "nodeledger.io/directed-at";

    private NamespaceDirection() {}

    /** The annotations that have to change, with null for those that have to go; empty when the namespace is as wanted. */
    static Map<String, @Nullable String> changes(ObjectMeta namespace, Target target, Instant now) {
        var present = annotations(namespace);
        var wanted = new HashMap<>(present);
        switch (target) {
            case Target.Dedicated dedicated -> direct(wanted, dedicated);
            case Target.Shared _ -> release(wanted);
        }
        if (wanted.equals(present)) {
            return Map.of();
        }
        wanted.put(SINCE, now.toString());
        var changes = new LinkedHashMap<String, @Nullable String>();
        wanted.forEach((key, value) -> {
            if (!value.equals(present.get(key))) {
                changes.put(key, value);
            }
        });
        present.keySet().stream().filter(key -> !wanted.containsKey(key)).forEach(key -> changes.put(key, null));
        return changes;
    }

    /** Whether the namespace already directs its pods to the target. */
    static boolean isDirected(ObjectMeta namespace, Target target) {
        return changes(namespace, target, Instant.EPOCH).isEmpty();
    }

    /** Whether it directs them to dedicated nodes, whosever. */
    static boolean isDedicated(ObjectMeta namespace) {
        return isDedicated(annotations(namespace));
    }

    /** When we last directed it elsewhere; pods that are younger follow that. */
    static Instant since(ObjectMeta namespace) {
        var since = annotations(namespace).get(SINCE);
        return since == null ? Instant.MAX : Instant.parse(since);
    }

    /** The selector and default tolerations that its pods get once it is directed to the target. */
    static Map<String, String> annotationsUnder(ObjectMeta namespace, Target target) {
        var result = new HashMap<>(annotations(namespace));
        changes(namespace, target, Instant.EPOCH).forEach((key, value) -> {
            if (value == null) {
                result.remove(key);
            } else {
                result.put(key, value);
            }
        });
        return result;
    }

    private static void direct(Map<String, String> annotations, Target.Dedicated target) {
        var labels = NodeSelectors.read(annotations.getOrDefault(FORMER_DEDICATED, ""));
        labels.putAll(target.selector());
        var selector = NodeSelectors.write(labels);
        if (!annotations.containsKey(FORMER_SELECTOR)) {
            boolean ours = selector.equals(annotations.get(SELECTOR));
            FORMER.forEach((key, former) -> annotations.put(former, ours ? "" : annotations.getOrDefault(key, "")));
        }
        annotations.put(SELECTOR, selector);
        annotations.put(
                DEFAULTS, Tolerations.joined(annotations.getOrDefault(FORMER.get(DEFAULTS), ""), target.tolerations()));
        var allowed = annotations.getOrDefault(FORMER.get(ALLOWED), "");
        if (!allowed.isEmpty()) {
            annotations.put(ALLOWED, Tolerations.joined(allowed, target.tolerations()));
        }
    }

    private static void release(Map<String, String> annotations) {
        if (!annotations.containsKey(FORMER_SELECTOR)) {
            if (isDedicated(annotations)) {
                annotations.put(FORMER_DEDICATED, annotations.getOrDefault(SELECTOR, ""));
                annotations.remove(SELECTOR);
            }
            return;
        }
        FORMER.forEach((key, former) -> {
            var before = annotations.remove(former);
            if (before == null || before.isEmpty()) {
                annotations.remove(key);
            } else {
                annotations.put(key, before);
            }
        });
    }

    /** The labels that the annotated selector asks nodes for. */
    static Map<String, String> labels(Map<String, String> annotations) {
        return NodeSelectors.read(annotations.getOrDefault(SELECTOR, ""));
    }

    private static boolean isDedicated(Map<String, String> annotations) {
        return labels(annotations).entrySet().containsAll(Target.DEDICATED_LABEL.entrySet());
    }

    private static Map<String, String> annotations(ObjectMeta namespace) {
        return Objects.requireNonNullElse(namespace.getAnnotations(), Map.of());
    }
}
