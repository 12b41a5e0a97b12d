package io.nodeledger.events.transition;

import java.util.Locale;

/** In which order workloads are moved (source: contract, "Plan Transitions"; API decisions, "Transitions"). */
public enum MigrationStrategy {
    /** One after the other: pod by pod to new nodes, node by node away from old ones. */
    ROLLING,
    /** Once everything that they move to is ready: of all workloads side by side, pod by pod of each. */
    BLUE_GREEN,
    /** All that their disruption budgets allow at once. */
    ALL_AT_ONCE;

    /** Its word in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
