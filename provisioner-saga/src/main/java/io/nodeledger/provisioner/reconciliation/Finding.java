package io.nodeledger.provisioner.reconciliation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code provisioner.drift}: a suspicion and what has become of it.
 *
 * @param suspicion what this pass's listings suggest
 * @param kind what the last closer look made of it
 * @param passes passes in a row that saw it, this one included
 * @param lookedAt when it was last looked at closely
 * @param ownerId the node that it turned out to be of, where the suspicion could not tell
 */
record Finding(
        long id,
        Suspicion suspicion,
        DriftKind kind,
        int passes,
        @Nullable Instant lookedAt,
        @Nullable String ownerId) {

    /** Whether dealing with it changes a node or removes something. */
    boolean isChange() {
        return kind.changing() && !suspicion.recorded();
    }

    /** The ended node that it is left over from; null when it is no orphan. */
    @Nullable
    String orphanOf() {
        return kind.isOrphan() ? ownerId : null;
    }

    Finding as(DriftKind found, @Nullable String owner) {
        return new Finding(id, suspicion, found, passes, lookedAt, owner);
    }
}
