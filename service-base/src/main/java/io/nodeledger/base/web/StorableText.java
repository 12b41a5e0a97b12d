package io.nodeledger.base.web;

import java.util.Optional;

/** Text that survives storage: PostgreSQL takes no NUL, and half of a surrogate pair has no UTF-8. */
final class StorableText {
    static final Rule<String> RULE = StorableText::check;

    private StorableText() {}

    private static Optional<Rule.Broken> check(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c) || (Character.isISOControl(c) && c != '\n' && c != '\t')) {
                return Rule.broken("invalid_characters", "must not contain control characters");
            }
        }
        return Optional.empty();
    }
}
