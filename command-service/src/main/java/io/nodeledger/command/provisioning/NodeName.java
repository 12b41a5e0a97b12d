package io.nodeledger.command.provisioning;

import io.nodeledger.base.web.Rule;
import java.util.Optional;
import java.util.regex.Pattern;

/** A node's name: a DNS label of 3-50 characters that starts with a letter (source: API decisions, "Identifiers"). */
final class NodeName {
    static final Rule<String> RULE = NodeName::check;

    private static final int SHORTEST = 3;
    private static final int LONGEST = 50;
    private static final Pattern SHAPE = Pattern.compile("[a-z]([a-z0-9-]*[a-z0-9])?");

    private NodeName() {}

    private static Optional<Rule.Broken> check(String name) {
        if (name.length() < SHORTEST) {
            return Rule.broken("too_short", "must have at least " + SHORTEST + " characters");
        }
        if (name.length() > LONGEST) {
            return Rule.broken("too_long", "must have at most " + LONGEST + " characters");
        }
        return SHAPE.matcher(name).matches()
                ? Optional.empty()
                : Rule.broken(
                        "invalid_format",
                        "must be a DNS label: lower-case letters, digits and dashes, a letter first, no dash last");
    }
}
