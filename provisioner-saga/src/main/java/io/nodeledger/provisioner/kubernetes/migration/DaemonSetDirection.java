package io.nodeledger.provisioner.kubernetes.migration;

import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a DaemonSet's template puts its pods. They are placed node by node before a namespace has its say, so that its
 * selector alone would leave those on all other nodes pending.
 */
final class DaemonSetDirection {
    private static final String FORMER_SELECTOR = "nodeledger.io/former-node-selector";
    private static final String FORMER_TOLERATIONS = "nodeledger.io/former-tolerations";

    private DaemonSetDirection() {}

    /** A merge patch that directs the set; empty when it is as wanted. */
    static Map<String, Object> patch(DaemonSet set, Target target) {
        return switch (target) {
            case Target.Dedicated dedicated -> direct(set, dedicated);
            case Target.Shared _ -> release(set);
        };
    }

    private static Map<String, Object> direct(DaemonSet set, Target.Dedicated target) {
        var annotations = new LinkedHashMap<String, @Nullable Object>();
        var former = annotations(set);
        if (!former.containsKey(FORMER_SELECTOR)) {
            annotations.put(FORMER_SELECTOR, NodeSelectors.write(selector(set)));
            annotations.put(FORMER_TOLERATIONS, Tolerations.write(tolerations(set)));
        }
        var wanted = new HashMap<>(selector(set));
        wanted.putAll(target.selector());
        var tolerated = Tolerations.joined(tolerations(set), target.tolerations());
        boolean isSo = wanted.equals(selector(set)) && tolerated.equals(tolerations(set));
        return isSo && annotations.isEmpty() ? Map.of() : patch(set, annotations, wanted, tolerated);
    }

    private static Map<String, Object> release(DaemonSet set) {
        var former = annotations(set);
        if (!former.containsKey(FORMER_SELECTOR)) {
            return Map.of();
        }
        var annotations = new LinkedHashMap<String, @Nullable Object>();
        annotations.put(FORMER_SELECTOR, null);
        annotations.put(FORMER_TOLERATIONS, null);
        return patch(
                set,
                annotations,
                NodeSelectors.read(former.getOrDefault(FORMER_SELECTOR, "")),
                Tolerations.read(former.getOrDefault(FORMER_TOLERATIONS, "")));
    }

    private static Map<String, Object> patch(
            DaemonSet set,
            Map<String, @Nullable Object> annotations,
            Map<String, String> selector,
            List<Toleration> tolerations) {
        var selectorPatch = new LinkedHashMap<String, @Nullable Object>();
        selector(set).keySet().forEach(key -> selectorPatch.put(key, null));
        selectorPatch.putAll(selector);
        var spec = new LinkedHashMap<String, @Nullable Object>();
        spec.put("nodeSelector", selector.isEmpty() ? null : selectorPatch);
        spec.put("tolerations", tolerations.isEmpty() ? null : tolerations);
        return Map.of(
                "metadata",
                Map.of("resourceVersion", set.getMetadata().getResourceVersion(), "annotations", annotations),
                "spec",
                Map.of("template", Map.of("spec", spec)));
    }

    private static Map<String, String> annotations(DaemonSet set) {
        return Objects.requireNonNullElse(set.getMetadata().getAnnotations(), Map.of());
    }

    private static Map<String, String> selector(DaemonSet set) {
        return Objects.requireNonNullElse(set.getSpec().getTemplate().getSpec().getNodeSelector(), Map.of());
    }

    private static List<Toleration> tolerations(DaemonSet set) {
        return Objects.requireNonNullElse(set.getSpec().getTemplate().getSpec().getTolerations(), List.of());
    }
}
