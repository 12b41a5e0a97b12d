package io.nodeledger.command.provisioning;

import io.nodeledger.base.web.LabelRules;
import io.nodeledger.base.web.Rule;
import io.nodeledger.events.node.Taint;
import java.util.Optional;
import java.util.Set;

/**
 * Keys and values of labels and taints that a caller may set: Kubernetes' rules, and keys of the system itself are refused
 * (source: API decisions, "Endpoint by endpoint").
 */
public final class QualifiedName {
    /** What a key must be. */
    public static final Rule<String> KEY = LabelRules.KEY.and(QualifiedName::checkNotOfTheSystem);
    /** What a value must be. */
    public static final Rule<String> VALUE = LabelRules.VALUE;

    private static final Set<String> SYSTEM_KEYS = Set.of("node-type", "workspace");
    private static final Set<String> SYSTEM_DOMAINS = Set.of("kubernetes.io", "k8s.io", Taint.PLATFORM_DOMAIN);

    private QualifiedName() {}

    private static Optional<Rule.Broken> checkNotOfTheSystem(String key) {
        String prefix = key.substring(0, Math.max(key.indexOf('/'), 0));
        boolean ofTheSystem = SYSTEM_KEYS.contains(key)
                || SYSTEM_DOMAINS.stream().anyMatch(domain -> prefix.equals(domain) || prefix.endsWith("." + domain));
        return ofTheSystem ? Rule.broken("reserved", "the key belongs to the system") : Optional.empty();
    }
}
