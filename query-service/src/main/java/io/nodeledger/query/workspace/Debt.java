package io.nodeledger.query.workspace;

import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsExhausted;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a workspace owes.
 *
 * @param owed charged and not paid, exact USD
 * @param graceEndsAt until when its nodes may do as before; null only between a charge and the event that tells of it
 * @param afterGrace what is done then
 */
public record Debt(
        BigDecimal owed,
        @Nullable Instant graceEndsAt,
        @Nullable AfterGrace afterGrace) {
    static final Debt NONE = new Debt(BigDecimal.ZERO, null, null);

    Debt plus(BigDecimal more) {
        return new Debt(owed.add(more), graceEndsAt, afterGrace);
    }

    Debt announced(CreditsExhausted event) {
        return new Debt(owed, event.graceEndsAt(), event.afterGrace());
    }
}
