package io.nodeledger.base.bank;

import io.nodeledger.base.bank.BankMessages.Transfer;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.Repository;

/** A command handler outside of the aggregates, which loads two of them. */
public class Transfers {

    private final Repository<Account> accounts;

    public Transfers(Repository<Account> accounts) {
        this.accounts = accounts;
    }

    @CommandHandler
    public boolean handle(Transfer command) {
        var from = accounts.load(command.from());
        if (!from.invoke(account -> account.withdraw(command.amount()))) {
            return false;
        }
        accounts.load(command.to()).execute(account -> account.deposit(command.amount()));
        return true;
    }
}
