package io.nodeledger.base.bank;

import static org.axonframework.modelling.command.AggregateLifecycle.apply;

import io.nodeledger.base.bank.BankMessages.AccountOpened;
import io.nodeledger.base.bank.BankMessages.Deposit;
import io.nodeledger.base.bank.BankMessages.Deposited;
import io.nodeledger.base.bank.BankMessages.OpenAccount;
import io.nodeledger.base.bank.BankMessages.Withdraw;
import io.nodeledger.base.bank.BankMessages.Withdrawn;
import java.math.BigDecimal;
import java.time.Instant;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.eventsourcing.EventSourcingHandler;
import org.axonframework.modelling.command.AggregateIdentifier;
import org.axonframework.serialization.Revision;
import org.jspecify.annotations.NullUnmarked;

/** An account that never goes below zero. */
@NullUnmarked
@Revision("7")
public class Account {

    @AggregateIdentifier
    private String id;

    private BigDecimal balance;

    protected Account() {}

    @CommandHandler
    public Account(OpenAccount command) {
        this(command.account());
    }

    public Account(String id) {
        apply(new AccountOpened(id, Instant.parse("2024-01-20T10:30:00.123Z")));
    }

    @CommandHandler
    public BigDecimal handle(Deposit command) {
        deposit(command.amount());
        return balance;
    }

    @CommandHandler
    public boolean handle(Withdraw command) {
        return withdraw(command.amount());
    }

    public void deposit(BigDecimal amount) {
        apply(new Deposited(id, amount));
    }

    public boolean withdraw(BigDecimal amount) {
        if (balance.compareTo(amount) < 0) {
            return false;
        }
        apply(new Withdrawn(id, amount));
        return true;
    }

    @EventSourcingHandler
    void on(AccountOpened event) {
        id = event.account();
        balance = BigDecimal.ZERO;
    }

    @EventSourcingHandler
    void on(Deposited event) {
        balance = balance.add(event.amount());
    }

    @EventSourcingHandler
    void on(Withdrawn event) {
        balance = balance.subtract(event.amount());
    }
}
