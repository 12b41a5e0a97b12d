package io.nodeledger.provisioner.reconciliation;

import io.nodeledger.events.node.Observation;
import org.jspecify.annotations.Nullable;

/** What a closer look at a suspicion made of it. */
sealed interface Look {
    /** It is so; the node is to know. */
    record Seen(Observation observation) implements Look {}

    /**
     * It is so, and people are told; whether something can be done about it depends on the kind.
     *
     * @param node whose it is, where that was not known from the start
     */
    record Told(DriftKind kind, String detail, @Nullable KnownNode node) implements Look {
        Told(DriftKind kind, String detail) {
            this(kind, detail, null);
        }
    }

    /** It is not so, or not any more. */
    record Nothing() implements Look {}

    /** It can't be seen now; the next pass looks again. */
    record Unclear(String why) implements Look {}
}
