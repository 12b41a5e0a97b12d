package io.nodeledger.base.bank;

import java.math.BigDecimal;
import java.time.Instant;
import org.axonframework.modelling.command.TargetAggregateIdentifier;
import org.axonframework.serialization.Revision;

/** The commands and events of {@link Account} and {@link Branch}. */
public final class BankMessages {

    public record OpenAccount(@TargetAggregateIdentifier String account) {}

    public record Deposit(@TargetAggregateIdentifier String account, BigDecimal amount) {}

    /** Refused, without an exception, when the account does not hold as much. */
    public record Withdraw(@TargetAggregateIdentifier String account, BigDecimal amount) {}

    public record OpenBranch(@TargetAggregateIdentifier String branch) {}

    public record OpenAccountAt(@TargetAggregateIdentifier String branch, String account, boolean failAfterwards) {}

    public record Transfer(String from, String to, BigDecimal amount) {}

    @Revision("1")
    public record AccountOpened(String account, Instant effectiveAt) {}

    @Revision("1")
    public record Deposited(String account, BigDecimal amount) {}

    @Revision("1")
    public record Withdrawn(String account, BigDecimal amount) {}

    @Revision("1")
    public record BranchOpened(String branch) {}

    @Revision("1")
    public record BranchAccountAdded(String branch, String account) {}

    private BankMessages() {}
}
