package io.nodeledger.base.web;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What Kubernetes takes as keys and values of labels and taints: an optional DNS prefix, a slash and a name for a key, a
 * name or nothing for a value (source: Kubernetes, "Labels and Selectors").
 */
public final class LabelRules {
    /** What a key must be. */
    public static final Rule<String> KEY = LabelRules::checkKey;
    /** What a value must be. */
    public static final Rule<String> VALUE = LabelRules::checkValue;

    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_PREFIX = 253;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?");
    private static final Pattern PREFIX =
            Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");

    private LabelRules() {}

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
