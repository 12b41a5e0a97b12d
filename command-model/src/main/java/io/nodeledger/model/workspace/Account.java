package io.nodeledger.model.workspace;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import io.nodeledger.events.refusal.Refusal;
import io.nodeledger.events.workspace.AfterGrace;
import io.nodeledger.events.workspace.WorkspaceCommand.ChargeWorkspace;
import io.nodeledger.events.workspace.WorkspaceEvent.CreditsExhausted;
import io.nodeledger.events.workspace.WorkspaceEvent.WorkspaceCharged;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A workspace's credits, exact USD. What was granted is the balance and what was paid; what was charged is what was paid and
 * what is owed (invariant I11).
 *
 * @param balance granted and not spent
 * @param charged the sum of all charges
 * @param owed charged and not paid; while there is any, nothing is available
 * @param chargedThrough the last day that was charged
 * @param exhaustion since anything is owed, null while nothing is
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
record Account(
        BigDecimal balance,
        BigDecimal charged,
        BigDecimal owed,
        @Nullable LocalDate chargedThrough,
        @Nullable Exhaustion exhaustion) {
    static final Account NEW = new Account(BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO, null, null);

    /** What was announced when credits ran out. */
    record Exhaustion(Instant graceEndsAt, AfterGrace afterGrace) {}

    boolean isCharged(LocalDate day) {
        return chargedThrough != null && !day.isAfter(chargedThrough);
    }

    /** What is to be announced when a charge was the first that could not be drawn in full. */
    Optional<CreditsExhausted> exhausted(ChargeWorkspace command, Instant at) {
        return owes() && exhaustion == null
                ? Optional.of(new CreditsExhausted(
                        command.workspaceId(), owed, at.plus(command.grace()), command.afterGrace(), at))
                : Optional.empty();
    }

    boolean owes() {
        return owed.signum() > 0;
    }

    /** Why no node may be started: credits ran out too long ago. */
    Optional<Refusal> refusalOfStart(Instant at) {
        return exhaustion != null
                        && exhaustion.afterGrace() == AfterGrace.STOP
                        && !at.isBefore(exhaustion.graceEndsAt())
                ? Optional.of(new Refusal.InsufficientCredits(BigDecimal.ZERO, BigDecimal.ZERO, owed))
                : Optional.empty();
    }

    Account granted(BigDecimal amount) {
        return new Account(balance.add(amount), charged, owed, chargedThrough, exhaustion);
    }

    Account after(WorkspaceCharged event) {
        BigDecimal drawn = event.amount().subtract(event.owed());
        return new Account(
                balance.subtract(drawn), charged.add(event.amount()), owed.add(event.owed()), event.day(), exhaustion);
    }

    Account settled(BigDecimal amount) {
        return new Account(balance.subtract(amount), charged, owed.subtract(amount), chargedThrough, exhaustion);
    }

    Account after(CreditsExhausted event) {
        return new Account(
                balance, charged, owed, chargedThrough, new Exhaustion(event.graceEndsAt(), event.afterGrace()));
    }

    Account restored() {
        return new Account(balance, charged, owed, chargedThrough, null);
    }
}
