package io.nodeledger.base.web;

import java.util.Optional;

/**
 * A rule that a value of a request keeps or breaks.
 *
 * @param <T> type of the value
 */
@FunctionalInterface
public interface Rule<T> {
    /** How the value breaks the rule, or empty when it keeps it. */
    Optional<Broken> check(T value);

    /** The other rule too; only the first one broken is reported. */
    default Rule<T> and(Rule<T> other) {
        return value -> check(value).or(() -> other.check(value));
    }

    /** A rule that every value keeps. */
    static <T> Rule<T> none() {
        return _ -> Optional.empty();
    }

    /** A broken rule's answer. */
    static Optional<Broken> broken(String code, String message) {
        return Optional.of(new Broken(code, message));
    }

    /**
     * A broken rule.
     *
     * @param code stable word for programs
     * @param message sentence for people
     */
    record Broken(String code, String message) {}
}
