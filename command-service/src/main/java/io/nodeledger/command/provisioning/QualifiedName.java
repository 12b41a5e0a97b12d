package io.nodeledger.command.provisioning;

import io.nodeledger.base.web.Rule;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keys and values of Kubernetes labels and taints: an optional DNS prefix, a slash and a name for a key. Keys of the
 * system itself are refused (source: API decisions, "Endpoint by endpoint").
 */
public final class QualifiedName {
    /** What a key must be. */
    public static final Rule<String> KEY =
            ((Rule<String>) QualifiedName::checkKey).and(QualifiedName::checkNotOfTheSystem);
    /** What a value must be. */
    public static final Rule<String> VALUE = QualifiedName::checkValue;

    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_PREFIX = 253;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
    private static final Set<String> SYSTEM_KEYS = Set.of("node-type", "workspace");
    private static final Set<String> SYSTEM_DOMAINS = Set.of("kubernetes.io", "k8s.io");

    private QualifiedName() {}

    private static Optional<Rule.Broken> checkKey(String key) {
        int slash = key.indexOf('/');
        String prefix = key.substring(0, Math.max(slash, 0));
        String name = key.substring(slash + 1);
        if (slash >= 0
                && (prefix.length() > LONGEST_PREFIX || !PREFIX.matcher(prefix).matches())) {
            return Rule.broken("invalid_format", "the prefix of the key must be a DNS subdomain");
        }
        return isName(name)
                ? Optional.empty()
                : Rule.broken(
                        "invalid_format",
                        "the name of the key must have 1-63 characters: letters, digits, dashes, dots, underscores,"
                                + " a letter or digit first and last");
    }

    private static Optional<Rule.Broken> checkNotOfTheSystem(String key) {
        String prefix = key.substring(0, Math.max(key.indexOf('/'), 0));
        boolean ofTheSystem = SYSTEM_KEYS.contains(key)
                || SYSTEM_DOMAINS.stream().anyMatch(domain -> prefix.equals(domain) || prefix.endsWith("." + domain));
        return ofTheSystem ? Rule.broken("reserved", "the key belongs to the system") : Optional.empty();
    }

    private static Optional<Rule.Broken> checkValue(String value) {
        return value.isEmpty() || isName(value)
                ? Optional.empty()
                : Rule.broken(
                        "invalid_format",
                        "the value must be empty or have at most 63 characters: letters, digits, dashes, dots,"
                                + " underscores, a letter or digit first and last");
    }

    private static boolean isName(String text) {
        return text.length() <= LONGEST_NAME && NAME.matcher(text).matches();
    }
}
