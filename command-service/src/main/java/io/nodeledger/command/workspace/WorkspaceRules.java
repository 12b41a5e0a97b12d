package io.nodeledger.command.workspace;

import io.nodeledger.base.web.Rule;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the platform operator's requests must keep to (source: API decisions, "Shapes fixed here"). */
final class WorkspaceRules {
    /** Ids are the operator's; they go into paths, labels and stream names, and a Kubernetes label holds 63 characters. */
    static final Rule<String> ID = WorkspaceRules::checkId;

    /** A Kubernetes namespace. */
    static final Rule<String> NAMESPACE = WorkspaceRules::checkNamespace;

    /** Credits to add, in USD. */
    static final Rule<BigDecimal> AMOUNT = WorkspaceRules::checkAmount;

    /** Why credits are added, for the ledger. */
    static final Rule<String> REASON = WorkspaceRules::checkReason;

    private static final Pattern ID_SHAPE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final BigDecimal LARGEST_AMOUNT = new BigDecimal("1000000000");
    private static final int DECIMALS = 2;
    private static final int LONGEST_REASON = 500;

    private WorkspaceRules() {}

    private static Optional<Rule.Broken> checkId(String id) {
        return ID_SHAPE.matcher(id).matches()
                ? Optional.empty()
                : Rule.broken(
                        "invalid_format",
                        "must have 1-63 characters: lower-case letters, digits and dashes, no dash first or last");
    }

    private static Optional<Rule.Broken> checkNamespace(String namespace) {
        return LABEL.matcher(namespace).matches()
                ? Optional.empty()
                : Rule.broken("invalid_format", "must be a DNS label of at most 63 characters");
    }

    // Compared before it is scaled: 1e999999999 is a short text and a very long number.
    private static Optional<Rule.Broken> checkAmount(BigDecimal amount) {
        if (amount.signum() <= 0 || amount.compareTo(LARGEST_AMOUNT) > 0) {
            return Rule.broken("out_of_range", "must be above 0 and at most " + LARGEST_AMOUNT);
        }
        return amount.stripTrailingZeros().scale() <= DECIMALS
                ? Optional.empty()
                : Rule.broken("too_precise", "must have at most two decimals");
    }

    private static Optional<Rule.Broken> checkReason(String reason) {
        return reason.length() <= LONGEST_REASON
                ? Optional.empty()
                : Rule.broken("too_long", "must have at most " + LONGEST_REASON + " characters");
    }
}
