package io.nodeledger.provisioner.kubernetes.drain;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Collection;
import java.util.List;

/**
 * A pod that keeps a drain from ending.
 *
 * @param pod namespace and name
 * @param budgets disruption budgets that cover it
 * @param reason what the API server says, or what is known
 */
public record Blocker(String pod, List<String> budgets, String reason) {
    public static Blocker of(Pod pod, Budgets budgets, String reason) {
        return new Blocker(PodName.of(pod), budgets.covering(pod), reason);
    }

    /** The blocker for people: {@code shop/web-1 (budget web): reason}. */
    public String describe() {
        return switch (budgets.size()) {
            case 0 -> pod + ": " + reason;
            case 1 -> "%s (budget %s): %s".formatted(pod, budgets.getFirst(), reason);
            default -> "%s (budgets %s): %s".formatted(pod, String.join(" and ", budgets), reason);
        };
    }

    /** All of them, in a stable order and bounded length. */
    public static String describe(Collection<Blocker> blockers) {
        return PodName.list(blockers.stream().map(Blocker::describe).toList());
    }
}
